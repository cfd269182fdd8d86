package io.slipway.deployment.process;

import io.slipway.deployment.Deployments;
import io.slipway.release.ReleaseScope;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_switchTraffic}: leads the traffic to the new version. Run twice, the ledger switches once. */
@Component
class SwitchTrafficDelegate implements JavaDelegate {

    private final Deployments deployments;
    private final ReleaseScope scope;

    SwitchTrafficDelegate(Deployments deployments, ReleaseScope scope) {
        this.deployments = deployments;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        DeployReleaseProcess.REMAINING_INSTANCES.set(
                execution,
                deployments.switchTraffic(scope.of(execution), DeployReleaseProcess.ENVIRONMENT.require(execution)));
    }
}
