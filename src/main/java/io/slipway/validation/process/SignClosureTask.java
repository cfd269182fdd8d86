package io.slipway.validation.process;

import io.slipway.governance.confirmations.ConfirmedDecision;
import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.ReleaseScope;
import io.slipway.validation.Validation;
import io.slipway.validation.Validations;
import io.slipway.validation.closing.Closing;
import io.slipway.validation.closing.ClosingEvaluation;
import io.slipway.validation.closing.EmergencyReview;
import java.util.Arrays;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_signClosure}: a release manager signs how the release ended, over the closing conditions as shown. */
@Component
class SignClosureTask implements UserTaskHandler, ConfirmedDecision {

    private final Closing closing;
    private final Validations validations;
    private final ReleaseScope scope;

    SignClosureTask(Closing closing, Validations validations, ReleaseScope scope) {
        this.closing = closing;
        this.validations = validations;
        this.scope = scope;
    }

    @Override
    public String process() {
        return CloseReleaseProcess.KEY;
    }

    @Override
    public String task() {
        return CloseReleaseProcess.Element.SIGN_CLOSURE.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("closureOutcome", "closureNote");
    }

    @Override
    public Brief brief(DelegateTask task) {
        Release release = scope.of(task.getExecution());
        return Brief.of("How did " + release.key() + " end?")
                .fact("Release", release.title())
                .fact("State", release.state().label())
                .fact(
                        "Hypercare ended",
                        validations
                                .newest(release)
                                .flatMap(Validation::hypercareEnds)
                                .orElse(null))
                .fact(
                        "Review of the emergency",
                        closing.reviewed(release)
                                .map(EmergencyReview::verdict)
                                .map(verdict -> verdict.label())
                                .orElse(null))
                .table("conditions", ConditionRow.of(closing.latest(release)));
    }

    @Override
    public List<Choice> choices() {
        return Arrays.stream(ReleaseOutcome.values())
                .filter(outcome -> outcome != ReleaseOutcome.CANCELLED)
                .map(outcome -> new Choice(outcome.name(), outcome.label()))
                .toList();
    }

    @Override
    public String decisionOf(Submission submission) {
        return submission.requireChoice("closureOutcome", ReleaseOutcome.class).name();
    }

    @Override
    public Content content(Release release) {
        ClosingEvaluation evaluation = closing.latest(release)
                .orElseThrow(() -> new Refused("The closing conditions of " + release.key() + " were never asked."));
        return new Content(
                evaluation.digest(),
                ConditionRow.of(closing.latest(release)).stream()
                        .map(row -> new Shown(row.condition(), row.state(), row.evidence()))
                        .toList());
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        closing.sign(
                scope.of(task.getExecution()),
                submission.person(),
                submission.requireChoice("closureOutcome", ReleaseOutcome.class),
                submission.text("closureNote", 2000).orElse(""));
    }
}
