package io.slipway.deployment;

import io.slipway.platform.data.Canonical;
import io.slipway.release.ProductionCondition;
import io.slipway.release.Release;
import java.util.List;
import org.springframework.stereotype.Component;

/** Production is touched only by the plan that an approval signs: the one that follows from the records now. */
@Component
class PlanCondition implements ProductionCondition {

    private final ProductionPlans plans;

    PlanCondition(ProductionPlans plans) {
        this.plans = plans;
    }

    @Override
    public String name() {
        return "plan";
    }

    @Override
    public List<String> obstacles(Release release, ProductionTouch touch) {
        DeploymentPlan plan = plans.of(release);
        if (!plan.environment().equals(touch.environment())) {
            return List.of("The plan of " + release.key() + " is for " + plan.environment() + " and not for "
                    + touch.environment() + ".");
        }
        return Canonical.digest(plan).equals(touch.planDigest())
                ? List.of()
                : List.of("The deployment plan (" + abbreviated(touch.planDigest())
                        + ") is not the one that follows from package, decision and settings and that approvals sign ("
                        + abbreviated(Canonical.digest(plan)) + ", " + plan.pattern()
                        + "); please ask for a rollback and a new deployment, which plans anew.");
    }

    private static String abbreviated(String digest) {
        return digest.length() > 12 ? digest.substring(0, 12) + "…" : digest;
    }
}
