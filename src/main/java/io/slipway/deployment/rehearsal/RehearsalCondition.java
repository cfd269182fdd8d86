package io.slipway.deployment.rehearsal;

import io.slipway.release.ProductionCondition;
import io.slipway.release.Release;
import java.util.List;
import org.springframework.stereotype.Component;

/** Production is touched only when the migrations of the package were rehearsed and approved; packages without any need nothing. */
@Component
class RehearsalCondition implements ProductionCondition {

    private final Rehearsals rehearsals;

    RehearsalCondition(Rehearsals rehearsals) {
        this.rehearsals = rehearsals;
    }

    @Override
    public String name() {
        return "migrations";
    }

    @Override
    public List<String> obstacles(Release release, ProductionTouch touch) {
        return rehearsals.obstacles(release);
    }
}
