package io.slipway.quality.process;

import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.quality.Finding;
import io.slipway.quality.Findings;
import io.slipway.quality.Triage;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_confirmTriage}: a second person confirms or rejects what the first one said. */
@Component
class ConfirmTriageTask implements UserTaskHandler {

    private enum Answer {
        CONFIRM,
        REJECT
    }

    private final Findings findings;

    ConfirmTriageTask(Findings findings) {
        this.findings = findings;
    }

    @Override
    public String process() {
        return TriageFindingProcess.KEY;
    }

    @Override
    public String task() {
        return TriageFindingProcess.Element.CONFIRM_TRIAGE.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("confirmDecision", "confirmReason");
    }

    @Override
    public String page(DelegateTask task) {
        return "/findings/" + TriageFindingTask.number(task);
    }

    @Override
    public Brief brief(DelegateTask task) {
        return brief(TriageFindingTask.number(task));
    }

    Brief brief(long number) {
        Finding finding = findings.get(number);
        Triage proposed = findings.waiting(number);
        return TriageFindingTask.facts(Brief.of("Is that what this finding is?"), finding)
                .fact("Proposed", proposed.verdict().label())
                .fact(
                        "Why it is accepted",
                        proposed.justification()
                                .map(Triage.Justification::label)
                                .orElse(null))
                .fact("Reason", proposed.reason())
                .fact("Evidence", proposed.evidence())
                .fact("Scope", proposed.scope().label())
                .fact("Ends", proposed.expiresAt().orElse(null));
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        Answer answer = submission.requireChoice("confirmDecision", Answer.class);
        findings.decide(
                TriageFindingTask.number(task),
                answer == Answer.CONFIRM,
                submission.requireText("confirmReason", 2000),
                submission.person());
        TriageFindingProcess.CONFIRM_DECISION.set(task.getExecution(), answer.name());
    }
}
