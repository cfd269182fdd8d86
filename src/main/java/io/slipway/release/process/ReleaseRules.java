package io.slipway.release.process;

import io.slipway.platform.process.ClaimRule;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.TaskRule;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseScope;
import io.slipway.release.Releases;
import io.slipway.release.SeparatedTask;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** The kernel's rules for every user task: nothing is decided on hold, and nobody has two parts in one release. */
@Component
class ReleaseRules implements TaskRule, ClaimRule {

    private final Releases releases;
    private final ReleaseScope scope;

    ReleaseRules(Releases releases, ReleaseScope scope) {
        this.releases = releases;
        this.scope = scope;
    }

    @Override
    public void checkClaim(DelegateTask task, UserTaskHandler handler, String person) {
        if (handler instanceof SeparatedTask separated) {
            releases.mayTake(scope.of(task.getExecution()).id(), person, separated.part());
        }
    }

    @Override
    public void check(DelegateTask task, UserTaskHandler handler, Submission submission) {
        Optional<Release> found = scope.find(task.getExecution());
        if (found.isEmpty()) {
            return;
        }
        Release release = found.get();
        if (release.onHold() && !(handler instanceof ResumeReleaseTask)) {
            throw new Refused(
                    release.key() + " is on hold; it can be decided again when a release manager has resumed it.");
        }
        if (handler instanceof SeparatedTask separated) {
            releases.involve(release.id(), submission.person(), separated.part());
        }
    }
}
