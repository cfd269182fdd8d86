package io.slipway.deployment;

import io.slipway.release.ApprovalPart;
import io.slipway.release.Release;
import org.springframework.stereotype.Component;

/** What is going to be done to production is part of what is approved. */
@Component
class PlanPart implements ApprovalPart {

    private final ProductionPlans plans;

    PlanPart(ProductionPlans plans) {
        this.plans = plans;
    }

    @Override
    public String name() {
        return "plan";
    }

    @Override
    public Content content(Release release) {
        DeploymentPlan plan = plans.of(release);
        return new Content(
                named(plan.pattern()) + " deployment of " + plan.version() + " to " + plan.target() + " in "
                        + plan.steps().size() + " steps",
                plan);
    }

    private static String named(DeploymentPattern pattern) {
        return switch (pattern) {
            case BLUE_GREEN -> "Blue-green";
            case ROLLING -> "Rolling";
        };
    }
}
