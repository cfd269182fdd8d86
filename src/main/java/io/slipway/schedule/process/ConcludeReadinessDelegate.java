package io.slipway.schedule.process;

import io.slipway.release.ReleaseScope;
import io.slipway.schedule.Readiness;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_concludeReadiness}: provides what the deployer decided, from the records. Run twice, it provides the same. */
@Component
class ConcludeReadinessDelegate implements JavaDelegate {

    private final Readiness readiness;
    private final ReleaseScope scope;

    ConcludeReadinessDelegate(Readiness readiness, ReleaseScope scope) {
        this.readiness = readiness;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        ConfirmReadinessProcess.GO_DECISION.set(
                execution, readiness.conclude(scope.of(execution)).name());
    }
}
