package io.slipway.deployment.process;

import io.slipway.deployment.Deployments;
import io.slipway.release.ReleaseScope;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_verifyRestored}: compares what users reach with what ran before. Run twice, it compares again. */
@Component
class VerifyRestoredDelegate implements JavaDelegate {

    private final Deployments deployments;
    private final ReleaseScope scope;

    VerifyRestoredDelegate(Deployments deployments, ReleaseScope scope) {
        this.deployments = deployments;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        deployments.verifyRestored(scope.of(execution), RollBackReleaseProcess.ENVIRONMENT.require(execution));
    }
}
