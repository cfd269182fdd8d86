package io.slipway.deployment.process;

import io.slipway.deployment.Deployments;
import io.slipway.release.ReleaseScope;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_planDeployment}: writes the steps down. Run twice, it finds the same plan and changes nothing. */
@Component
class PlanDeploymentDelegate implements JavaDelegate {

    private final Deployments deployments;
    private final ReleaseScope scope;

    PlanDeploymentDelegate(Deployments deployments, ReleaseScope scope) {
        this.deployments = deployments;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        deployments.planDeployment(
                scope.of(execution),
                DeployReleaseProcess.ENVIRONMENT.require(execution),
                DeployReleaseProcess.DEPLOYMENT_PATTERN.require(execution));
    }
}
