package io.slipway.deployment.process;

import io.slipway.deployment.Deployments;
import io.slipway.release.ReleaseScope;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_transferPackage}: brings the package to the target. Run twice, the ledger sends it once. */
@Component
class TransferPackageDelegate implements JavaDelegate {

    private final Deployments deployments;
    private final ReleaseScope scope;

    TransferPackageDelegate(Deployments deployments, ReleaseScope scope) {
        this.deployments = deployments;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        deployments.transferPackage(scope.of(execution), DeployReleaseProcess.ENVIRONMENT.require(execution));
    }
}
