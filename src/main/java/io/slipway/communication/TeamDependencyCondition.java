package io.slipway.communication;

import io.slipway.release.ProductionCondition;
import io.slipway.release.Release;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * What a release needs of another team must be confirmed by a person of each side before production is touched, or decided by the
 * forum that was asked about it.
 */
@Component
class TeamDependencyCondition implements ProductionCondition {

    private final TeamDependencies dependencies;

    TeamDependencyCondition(TeamDependencies dependencies) {
        this.dependencies = dependencies;
    }

    @Override
    public String name() {
        return "team-dependencies";
    }

    @Override
    public List<String> obstacles(Release release, ProductionTouch touch) {
        return dependencies.open(release).stream()
                .map(dependency -> "'" + dependency.statement() + "' is needed of " + dependency.neededSystem()
                        + ", and the side of "
                        + (dependency.otherConfirmedBy().isEmpty() ? dependency.neededSystem() : dependency.system())
                        + " has not confirmed it; please have it confirmed on /team-dependencies/" + dependency.id()
                        + ".")
                .toList();
    }
}
