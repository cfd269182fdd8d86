package io.slipway.release;

import java.util.List;
import org.springframework.stereotype.Component;

/** Nothing touches production while the release is on hold or after it ended. */
@Component
class HoldCondition implements ProductionCondition {

    @Override
    public String name() {
        return "hold";
    }

    @Override
    public List<String> obstacles(Release release, ProductionTouch touch) {
        if (release.state().ended()) {
            return List.of(release.key() + " has ended.");
        }
        return release.onHold() ? List.of(release.key() + " is on hold; a release manager resumes it.") : List.of();
    }
}
