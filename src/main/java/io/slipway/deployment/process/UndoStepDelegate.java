package io.slipway.deployment.process;

import io.slipway.deployment.Deployments;
import io.slipway.release.ReleaseScope;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_undoStep}: takes one step back. Run twice, the ledger takes it back once. */
@Component
class UndoStepDelegate implements JavaDelegate {

    private final Deployments deployments;
    private final ReleaseScope scope;

    UndoStepDelegate(Deployments deployments, ReleaseScope scope) {
        this.deployments = deployments;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        deployments.undoStep(
                scope.of(execution),
                RollBackReleaseProcess.ENVIRONMENT.require(execution),
                RollBackReleaseProcess.UNDO_STEP.require(execution));
    }
}
