package io.slipway.governance.web;

import io.slipway.release.Obligations;
import io.slipway.release.Release;
import io.slipway.release.web.ReleasePanel;
import java.time.Clock;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Shows on the page of a release what is owed because of it. */
@Component
class ObligationPanel implements ReleasePanel {

    private final Obligations obligations;
    private final Clock clock;

    ObligationPanel(Obligations obligations, Clock clock) {
        this.obligations = obligations;
        this.clock = clock;
    }

    @Override
    public int order() {
        return 950;
    }

    @Override
    public String fragment() {
        return "governance/obligations-panel :: panel";
    }

    @Override
    public Map<String, Object> model(Release release, String person) {
        return Map.of("obligationRows", obligations.of(release), "obligationNow", clock.instant());
    }
}
