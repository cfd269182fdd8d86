package io.slipway.schedule.process;

import io.slipway.release.ReleaseScope;
import io.slipway.schedule.Readiness;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_openReadiness}: provides when the functions are asked, and which. Run twice, it provides the same. */
@Component
class OpenReadinessDelegate implements JavaDelegate {

    private final Readiness readiness;
    private final ReleaseScope scope;

    OpenReadinessDelegate(Readiness readiness, ReleaseScope scope) {
        this.readiness = readiness;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Readiness.Opening opening = readiness.open(scope.of(execution));
        ConfirmReadinessProcess.WINDOW_START.set(execution, Date.from(opening.windowStart()));
        ConfirmReadinessProcess.READINESS_FUNCTIONS.set(execution, opening.functions());
    }
}
