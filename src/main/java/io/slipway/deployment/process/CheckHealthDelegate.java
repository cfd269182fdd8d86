package io.slipway.deployment.process;

import io.slipway.deployment.Deployments;
import io.slipway.deployment.HealthVerdict;
import io.slipway.release.ReleaseScope;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_checkHealth}: asks the new version for its health. Run twice, it asks again and the last
 * answer counts. */
@Component
class CheckHealthDelegate implements JavaDelegate {

    private final Deployments deployments;
    private final ReleaseScope scope;

    CheckHealthDelegate(Deployments deployments, ReleaseScope scope) {
        this.deployments = deployments;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        HealthVerdict verdict =
                deployments.checkHealth(scope.of(execution), DeployReleaseProcess.ENVIRONMENT.require(execution));
        DeployReleaseProcess.SERVICE_HEALTHY.set(execution, verdict.healthy());
    }
}
