package io.slipway.validation.process;

import io.slipway.platform.process.Brief;
import io.slipway.platform.process.ClaimRule;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.release.Part;
import io.slipway.release.Release;
import io.slipway.release.ReleaseScope;
import io.slipway.release.Releases;
import io.slipway.validation.closing.Closing;
import io.slipway.validation.closing.ReviewVerdict;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/**
 * Behind {@code userTask_reviewEmergency}: a change authority who did not approve the release reviews it afterwards. The review
 * gives the part of an approver, which is why the approvers before it must be looked at first.
 */
@Component
class ReviewEmergencyTask implements UserTaskHandler, ClaimRule {

    private final Closing closing;
    private final Releases releases;
    private final ReleaseScope scope;

    ReviewEmergencyTask(Closing closing, Releases releases, ReleaseScope scope) {
        this.closing = closing;
        this.releases = releases;
        this.scope = scope;
    }

    @Override
    public String process() {
        return CloseReleaseProcess.KEY;
    }

    @Override
    public String task() {
        return CloseReleaseProcess.Element.REVIEW_EMERGENCY.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("reviewVerdict", "reviewNote");
    }

    @Override
    public Brief brief(DelegateTask task) {
        Release release = scope.of(task.getExecution());
        return Brief.of("Was the emergency " + release.key() + " handled well?")
                .fact("Release", release.title())
                .fact("State", release.state().label())
                .fact("Requested at", release.requestedAt())
                .fact(
                        "People who approved",
                        releases.involved(release.id(), Part.APPROVER).size())
                .fact(
                        "Closing conditions",
                        closing.latest(release)
                                .map(found -> found.openPoints() + " open")
                                .orElse(null));
    }

    @Override
    public void checkClaim(DelegateTask task, UserTaskHandler handler, String person) {
        if (handler == this) {
            closing.mayReview(scope.of(task.getExecution()), person);
        }
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        closing.review(
                scope.of(task.getExecution()),
                submission.person(),
                submission.requireChoice("reviewVerdict", ReviewVerdict.class),
                submission.requireText("reviewNote", 2000));
    }
}
