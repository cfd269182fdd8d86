package io.slipway.schedule.process;

import io.slipway.release.ReleaseScope;
import io.slipway.schedule.staffing.Staffings;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_askPerson}: names whoever is asked next. Run twice while that person has time, it names the same. */
@Component
class AskPersonDelegate implements JavaDelegate {

    private final Staffings staffings;
    private final ReleaseScope scope;

    AskPersonDelegate(Staffings staffings, ReleaseScope scope) {
        this.staffings = staffings;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Staffings.Asked asked =
                staffings.ask(scope.of(execution), ConfirmStaffingProcess.STAFFING_FUNCTION.require(execution));
        ConfirmStaffingProcess.PERSON_FOUND.set(execution, asked.person().isPresent());
        ConfirmStaffingProcess.ANSWER_DUE_AT.set(execution, Date.from(asked.answerDueAt()));
    }
}
