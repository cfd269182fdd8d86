package io.slipway.deployment;

import io.slipway.platform.process.PinnedDecisions;
import io.slipway.release.Environment;
import io.slipway.release.Landscape;
import io.slipway.release.Release;
import io.slipway.release.SealedPackage;
import io.slipway.release.SealedPackages;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The plan for production as it follows from the records of a release now, before anything is deployed. */
@Component
public class ProductionPlans {

    private static final String DECISION = "deployment-pattern";

    private final DeploymentPlanner planner;
    private final PinnedDecisions decisions;
    private final Landscape landscape;
    private final SealedPackages packages;

    ProductionPlans(
            DeploymentPlanner planner, PinnedDecisions decisions, Landscape landscape, SealedPackages packages) {
        this.planner = planner;
        this.decisions = decisions;
        this.landscape = landscape;
        this.packages = packages;
    }

    /** The plan that a deployment to production would have now; empty while no package is sealed. */
    public Optional<DeploymentPlan> present(Release release) {
        return packages.present(release).map(sealed -> of(release));
    }

    /**
     * The plan that a deployment to production would have now.
     *
     * @throws IllegalStateException when no package is sealed or the decision gives no answer
     */
    DeploymentPlan of(Release release) {
        Environment production = landscape.production(release.system());
        SealedPackage sealed = packages.present(release)
                .orElseThrow(() -> new IllegalStateException("No package of " + release.key() + " is sealed"));
        Map<String, Object> facts = new HashMap<>();
        facts.put("environmentTier", DeploymentPlanner.tier(production));
        facts.put("stateful", landscape.system(release.system()).stateful());
        facts.put("instances", production.instances());
        release.releaseClass().ifPresent(releaseClass -> facts.put("releaseClass", releaseClass.name()));
        String pattern = String.valueOf(
                decisions.evaluate(release.key(), DECISION, facts).single());
        return planner.plan(production, release.version(), DeploymentPattern.of(pattern), sealed);
    }
}
