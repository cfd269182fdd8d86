package io.slipway.validation.process;

import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.release.Release;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.ReleaseScope;
import io.slipway.validation.review.Reviews;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_holdReview}: what contributed, what helped and what follows, ended with a summary. */
@Component
class HoldReviewTask implements UserTaskHandler {

    private final Reviews reviews;
    private final ReleaseScope scope;

    HoldReviewTask(Reviews reviews, ReleaseScope scope) {
        this.reviews = reviews;
        this.scope = scope;
    }

    @Override
    public String process() {
        return ReviewReleaseProcess.KEY;
    }

    @Override
    public String task() {
        return ReviewReleaseProcess.Element.HOLD_REVIEW.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("reviewSummary", "noActionReason");
    }

    @Override
    public String page(DelegateTask task) {
        return "/releases/" + scope.of(task.getExecution()).key() + "/review";
    }

    @Override
    public Brief brief(DelegateTask task) {
        Release release = scope.of(task.getExecution());
        return Brief.of("What is learnt from " + release.key() + "?")
                .fact("Release", release.title())
                .fact(
                        "Why it is reviewed",
                        reviews.find(release).map(Reviews.Review::reason).orElse(null))
                .fact("Outcome", release.outcome().map(ReleaseOutcome::label).orElse(null))
                .table(
                        "points",
                        reviews.points(release).stream()
                                .map(point -> Map.of("kind", point.kind().label(), "text", point.text()))
                                .toList());
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        reviews.conclude(
                scope.of(task.getExecution()),
                submission.person(),
                submission.requireText("reviewSummary", 2000),
                submission.text("noActionReason", 2000).orElse(""));
    }
}
