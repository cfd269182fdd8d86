package io.slipway.communication.process;

import io.slipway.communication.EscalationLadder;
import io.slipway.release.ReleaseScope;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_askRung}: takes the question to the next rung. Run twice, it goes up with the transaction that counts, and once. */
@Component
class AskRungDelegate implements JavaDelegate {

    private final EscalationLadder ladder;
    private final ReleaseScope scope;

    AskRungDelegate(EscalationLadder ladder, ReleaseScope scope) {
        this.ladder = ladder;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        scope.of(execution);
        EscalateQuestionProcess.RUNG_ENDS_AT.set(
                execution,
                Date.from(ladder.askNext(Long.parseLong(EscalateQuestionProcess.QUESTION_ID.require(execution)))));
    }
}
