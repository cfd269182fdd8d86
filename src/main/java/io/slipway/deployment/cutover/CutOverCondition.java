package io.slipway.deployment.cutover;

import io.slipway.release.ProductionCondition;
import io.slipway.release.Release;
import java.util.List;
import org.springframework.stereotype.Component;

/** Production is touched only when nobody keeps an answer of the name service for longer than the switch can wait. */
@Component
class CutOverCondition implements ProductionCondition {

    private final CutOvers cutOvers;

    CutOverCondition(CutOvers cutOvers) {
        this.cutOvers = cutOvers;
    }

    @Override
    public String name() {
        return "cut-over";
    }

    @Override
    public List<String> obstacles(Release release, ProductionTouch touch) {
        return cutOvers.plan(release).obstacles();
    }
}
