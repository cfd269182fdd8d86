package io.slipway.release.process;

import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseScope;
import io.slipway.release.Releases;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_resumeRelease}: a release manager lets a release on hold go on. */
@Component
class ResumeReleaseTask implements UserTaskHandler {

    private final Releases releases;
    private final ReleaseScope scope;

    ResumeReleaseTask(Releases releases, ReleaseScope scope) {
        this.releases = releases;
        this.scope = scope;
    }

    @Override
    public String process() {
        return RunReleaseProcess.KEY;
    }

    @Override
    public String task() {
        return "userTask_resumeRelease";
    }

    @Override
    public List<String> inputs() {
        return List.of("resumeReason");
    }

    @Override
    public Brief brief(DelegateTask task) {
        Release release = scope.of(task.getExecution());
        if (!release.onHold()) {
            throw new Refused(
                    release.key() + " is not on hold, so there is nothing to resume; it is put on hold on its page.");
        }
        return Brief.of("Let " + release.key() + " go on?")
                .fact("Release", release.title())
                .fact("State", release.state().label())
                .fact("On hold because", release.holdReason().orElse(null));
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        submission.requireText("resumeReason", 2000);
        releases.resume(scope.of(task.getExecution()).id());
    }
}
