package io.slipway.communication.process;

import io.slipway.communication.EscalationLadder;
import io.slipway.release.ReleaseScope;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_returnDecision}: tells the decision to both releases. Run twice, the second time tells nobody. */
@Component
class ReturnDecisionDelegate implements JavaDelegate {

    private final EscalationLadder ladder;
    private final ReleaseScope scope;

    ReturnDecisionDelegate(EscalationLadder ladder, ReleaseScope scope) {
        this.ladder = ladder;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        scope.of(execution);
        ladder.returnDecision(Long.parseLong(EscalateQuestionProcess.QUESTION_ID.require(execution)));
    }
}
