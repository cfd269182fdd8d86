package io.slipway.communication.process;

import io.slipway.communication.EscalationLadder;
import io.slipway.communication.Question;
import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.release.ReleaseScope;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_decideQuestion}: the forum on the ladder decides a question that those concerned left open. */
@Component
class DecideQuestionTask implements UserTaskHandler {

    private final EscalationLadder ladder;
    private final ReleaseScope scope;

    DecideQuestionTask(EscalationLadder ladder, ReleaseScope scope) {
        this.ladder = ladder;
        this.scope = scope;
    }

    @Override
    public String process() {
        return EscalateQuestionProcess.KEY;
    }

    @Override
    public String task() {
        return EscalateQuestionProcess.Element.DECIDE_QUESTION.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("questionDecision", "questionReason");
    }

    @Override
    public Brief brief(DelegateTask task) {
        Question question = question(task);
        Brief brief = Brief.of(question.question())
                .fact("Release", question.release())
                .fact("Other release", question.otherRelease().orElse(null))
                .fact("Asked now", ladder.asked(question))
                .fact("Until", question.rungEndsAt().orElse(null));
        question.brief().forEach(sentence -> brief.fact("Known", sentence));
        return brief;
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        ladder.decide(
                question(task).id(),
                submission.person(),
                submission.requireText("questionDecision", 1000),
                submission.requireText("questionReason", 2000));
    }

    private Question question(DelegateTask task) {
        scope.of(task.getExecution());
        return ladder.get(Long.parseLong(EscalateQuestionProcess.QUESTION_ID.require(task.getExecution())));
    }
}
