package io.slipway.schedule.process;

import io.slipway.release.ReleaseScope;
import io.slipway.schedule.staffing.Staffings;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_concludePresence}: provides what the named person answered. Run twice, it provides the same. */
@Component
class ConcludePresenceDelegate implements JavaDelegate {

    private final Staffings staffings;
    private final ReleaseScope scope;

    ConcludePresenceDelegate(Staffings staffings, ReleaseScope scope) {
        this.staffings = staffings;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        ConfirmStaffingProcess.PRESENCE_ANSWER.set(
                execution,
                staffings
                        .conclude(scope.of(execution), ConfirmStaffingProcess.STAFFING_FUNCTION.require(execution))
                        .name());
    }
}
