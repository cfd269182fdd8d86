package io.slipway.deployment.process;

import io.slipway.deployment.Deployments;
import io.slipway.release.Release;
import io.slipway.release.ReleaseScope;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_openDeployment}: opens a numbered deployment and tells the facts that decide the pattern, the
 * class as the records have it by now. Run twice in one process instance, it opens one deployment. */
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
        Release release = scope.of(execution);
        Deployments.Facts facts = deployments.openDeployment(
                release, DeployReleaseProcess.ENVIRONMENT.require(execution), execution.getProcessInstanceId());
        DeployReleaseProcess.RELEASE_CLASS.set(
                execution, release.releaseClass().map(Enum::name).orElse(null));
        DeployReleaseProcess.ENVIRONMENT_TIER.set(execution, facts.environmentTier());
        DeployReleaseProcess.STATEFUL.set(execution, facts.stateful());
        DeployReleaseProcess.INSTANCES.set(execution, facts.instances());
    }
}
