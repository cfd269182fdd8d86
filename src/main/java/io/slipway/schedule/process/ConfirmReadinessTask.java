package io.slipway.schedule.process;

import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import io.slipway.release.ReleaseScope;
import io.slipway.release.Role;
import io.slipway.schedule.Readiness;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_confirmReadiness}: one function says whether it is ready. */
@Component
class ConfirmReadinessTask implements UserTaskHandler {

    private final Readiness readiness;
    private final ReleaseScope scope;

    ConfirmReadinessTask(Readiness readiness, ReleaseScope scope) {
        this.readiness = readiness;
        this.scope = scope;
    }

    @Override
    public String process() {
        return ConfirmReadinessProcess.KEY;
    }

    @Override
    public String task() {
        return ConfirmReadinessProcess.Element.CONFIRM_READINESS.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("readinessVerdict", "readinessReason");
    }

    @Override
    public Brief brief(DelegateTask task) {
        Release release = scope.of(task.getExecution());
        String function = ConfirmReadinessProcess.READINESS_FUNCTION.require(task);
        return Brief.of("Is your function ready for " + release.key() + "?")
                .fact("Release", release.title())
                .fact("Class", release.releaseClass().map(ReleaseClass::label).orElse(null))
                .fact("Function", Role.ofGroup(function).map(Role::label).orElse(function))
                .fact("Window opened", release.windowStart().orElse(null))
                .fact("Window ends", release.windowEnd().orElse(null));
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        readiness.answer(
                scope.of(task.getExecution()),
                submission.person(),
                ConfirmReadinessProcess.READINESS_FUNCTION.require(task),
                submission.requireChoice("readinessVerdict", Readiness.Verdict.class),
                submission.text("readinessReason", 2000).orElse(""));
    }
}
