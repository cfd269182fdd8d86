package io.slipway.validation.process;

import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.release.Release;
import io.slipway.release.ReleaseScope;
import io.slipway.validation.feedback.Feedback;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_judgeFeedback}: the service desk has judged every proposed link and sums up what users say. */
@Component
class JudgeFeedbackTask implements UserTaskHandler {

    private final Feedback feedback;
    private final ReleaseScope scope;

    JudgeFeedbackTask(Feedback feedback, ReleaseScope scope) {
        this.feedback = feedback;
        this.scope = scope;
    }

    @Override
    public String process() {
        return CollectFeedbackProcess.KEY;
    }

    @Override
    public String task() {
        return CollectFeedbackProcess.Element.JUDGE_FEEDBACK.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("feedbackNote");
    }

    @Override
    public String page(DelegateTask task) {
        return "/releases/" + scope.of(task.getExecution()).key() + "/feedback";
    }

    @Override
    public Brief brief(DelegateTask task) {
        Release release = scope.of(task.getExecution());
        List<Feedback.Link> links = feedback.links(release);
        return Brief.of("What do users say of " + release.key() + "?")
                .fact("Release", release.title())
                .fact(
                        "Live since",
                        feedback.collection(release)
                                .map(Feedback.Collection::liveAt)
                                .orElse(null))
                .fact("Proposed links", links.size())
                .table(
                        "links",
                        links.stream()
                                .map(link -> Map.of(
                                        "title", link.title(),
                                        "score", String.valueOf(link.score()),
                                        "reason", link.reason(),
                                        "state", link.state()))
                                .toList());
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        feedback.sumUp(
                scope.of(task.getExecution()), submission.person(), submission.requireText("feedbackNote", 2000));
    }
}
