package io.slipway.deployment.process;

import io.slipway.deployment.Deployments;
import io.slipway.release.ReleaseScope;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_planRollback}: freezes the list of the steps that are taken back. Run twice, it gives the same
 * list. */
@Component
class PlanRollbackDelegate implements JavaDelegate {

    private final Deployments deployments;
    private final ReleaseScope scope;

    PlanRollbackDelegate(Deployments deployments, ReleaseScope scope) {
        this.deployments = deployments;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        RollBackReleaseProcess.UNDO_STEPS.set(
                execution,
                deployments.planRollback(scope.of(execution), RollBackReleaseProcess.ENVIRONMENT.require(execution)));
    }
}
