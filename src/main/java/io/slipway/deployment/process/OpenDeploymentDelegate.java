package io.slipway.deployment.process;

import io.slipway.deployment.Deployments;
import io.slipway.release.ReleaseScope;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_openDeployment}: opens a numbered deployment and tells the facts that decide the pattern. Run
 * twice in one process instance, it opens one deployment. */
@Component
class OpenDeploymentDelegate implements JavaDelegate {

    private final Deployments deployments;
    private final ReleaseScope scope;

    OpenDeploymentDelegate(Deployments deployments, ReleaseScope scope) {
        this.deployments = deployments;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Deployments.Facts facts = deployments.openDeployment(
                scope.of(execution),
                DeployReleaseProcess.ENVIRONMENT.require(execution),
                execution.getProcessInstanceId());
        DeployReleaseProcess.ENVIRONMENT_TIER.set(execution, facts.environmentTier());
        DeployReleaseProcess.STATEFUL.set(execution, facts.stateful());
        DeployReleaseProcess.INSTANCES.set(execution, facts.instances());
    }
}
