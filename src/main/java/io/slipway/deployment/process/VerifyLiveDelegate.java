package io.slipway.deployment.process;

import io.slipway.deployment.Deployments;
import io.slipway.release.ReleaseScope;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_verifyLive}: compares what users reach with the sealed package. Run twice, it compares
 * again and stops nothing twice. */
@Component
class VerifyLiveDelegate implements JavaDelegate {

    private final Deployments deployments;
    private final ReleaseScope scope;

    VerifyLiveDelegate(Deployments deployments, ReleaseScope scope) {
        this.deployments = deployments;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        deployments
                .verifyLive(scope.of(execution), DeployReleaseProcess.ENVIRONMENT.require(execution))
                .otherwise(sentence -> {
                    throw new BpmnError(DeployReleaseProcess.NOT_LIVE, sentence);
                });
    }
}
