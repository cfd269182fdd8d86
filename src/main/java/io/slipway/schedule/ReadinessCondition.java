package io.slipway.schedule;

import io.slipway.release.Part;
import io.slipway.release.ProductionCondition;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Production is touched after a go for the present window only, given by a deployer while every function was ready. */
@Component
class ReadinessCondition implements ProductionCondition {

    private final Readiness readiness;
    private final Releases releases;

    ReadinessCondition(Readiness readiness, Releases releases) {
        this.readiness = readiness;
        this.releases = releases;
    }

    @Override
    public String name() {
        return "readiness";
    }

    @Override
    public List<String> obstacles(Release release, ProductionTouch touch) {
        List<String> obstacles = new ArrayList<>();
        Optional<GoDecision> decision = readiness.decision(release);
        if (decision.isEmpty()) {
            obstacles.add("No go is given for the present window of " + release.key() + "; a deployer decides it.");
        } else if (decision.get().decision() != Readiness.Decision.GO) {
            obstacles.add("No-go was decided for the present window of " + release.key()
                    + "; please ask for another window.");
        } else if (!releases.involved(release.id(), Part.DEPLOYER)
                .contains(decision.get().person())) {
            obstacles.add("The go for " + release.key()
                    + " was given by somebody who is no deployer of it; please ask for another window.");
        }
        readiness
                .against(release)
                .forEach(clause -> obstacles.add(clause + "; the function answers at the start of a window."));
        return obstacles;
    }
}
