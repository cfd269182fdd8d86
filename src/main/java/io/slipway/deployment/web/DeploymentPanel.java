package io.slipway.deployment.web;

import io.slipway.deployment.Deployments;
import io.slipway.deployment.ProductionPlans;
import io.slipway.deployment.RunningServices;
import io.slipway.deployment.cutover.CutOvers;
import io.slipway.release.Release;
import io.slipway.release.web.ReleasePanel;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Shows on the page of a release its deployments, each effect with its state, and what runs where now. */
@Component
class DeploymentPanel implements ReleasePanel {

    private final Deployments deployments;
    private final RunningServices services;
    private final ProductionPlans plans;
    private final CutOvers cutOvers;

    DeploymentPanel(Deployments deployments, RunningServices services, ProductionPlans plans, CutOvers cutOvers) {
        this.deployments = deployments;
        this.services = services;
        this.plans = plans;
        this.cutOvers = cutOvers;
    }

    @Override
    public int order() {
        return 700;
    }

    @Override
    public String fragment() {
        return "deployment/panel :: panel";
    }

    @Override
    public Map<String, Object> model(Release release, String person) {
        List<DeploymentRow> rows =
                deployments.of(release, person).stream().map(DeploymentRow::of).toList();
        return Map.of(
                "deploymentKey",
                release.key(),
                "deploymentChoice",
                plans.choice(release),
                "deploymentCutOver",
                cutOvers.plan(release),
                "deploymentRows",
                rows,
                "deploymentInDoubt",
                rows.stream().anyMatch(DeploymentRow::open),
                "deploymentLive",
                services.live().stream()
                        .filter(live -> live.system().equals(release.system()))
                        .toList());
    }
}
