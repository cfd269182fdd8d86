package io.slipway.schedule.process;

import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.schedule.incidents.Incidents;
import io.slipway.schedule.lockdowns.Lockdowns;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_liftLockdown}: an incident manager ends a lockdown. */
@Component
class LiftLockdownTask implements UserTaskHandler {

    private final Lockdowns lockdowns;
    private final Incidents incidents;

    LiftLockdownTask(Lockdowns lockdowns, Incidents incidents) {
        this.lockdowns = lockdowns;
        this.incidents = incidents;
    }

    @Override
    public String process() {
        return ImposeLockdownProcess.KEY;
    }

    @Override
    public String task() {
        return ImposeLockdownProcess.Element.LIFT_LOCKDOWN.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("liftReason");
    }

    @Override
    public String page(DelegateTask task) {
        return "/incidents";
    }

    @Override
    public Brief brief(DelegateTask task) {
        return LockdownBriefs.of(
                "Is it over?",
                lockdowns.get(String.valueOf(task.getExecution().getProcessBusinessKey())),
                lockdowns,
                incidents);
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        lockdowns.lift(
                String.valueOf(task.getExecution().getProcessBusinessKey()),
                submission.person(),
                submission.requireText("liftReason", 2000));
    }
}
