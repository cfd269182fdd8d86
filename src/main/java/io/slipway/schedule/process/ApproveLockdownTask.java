package io.slipway.schedule.process;

import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.schedule.incidents.Incidents;
import io.slipway.schedule.lockdowns.Lockdowns;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_approveLockdown}: somebody other than whoever proposed a lockdown decides on it. */
@Component
class ApproveLockdownTask implements UserTaskHandler {

    private final Lockdowns lockdowns;
    private final Incidents incidents;

    ApproveLockdownTask(Lockdowns lockdowns, Incidents incidents) {
        this.lockdowns = lockdowns;
        this.incidents = incidents;
    }

    @Override
    public String process() {
        return ImposeLockdownProcess.KEY;
    }

    @Override
    public String task() {
        return ImposeLockdownProcess.Element.APPROVE_LOCKDOWN.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("lockdownDecision", "lockdownReason");
    }

    @Override
    public String page(DelegateTask task) {
        return "/incidents";
    }

    @Override
    public Brief brief(DelegateTask task) {
        return LockdownBriefs.of(
                "Does nothing go to production any more?",
                lockdowns.get(String.valueOf(task.getExecution().getProcessBusinessKey())),
                lockdowns,
                incidents);
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        lockdowns.decide(
                String.valueOf(task.getExecution().getProcessBusinessKey()),
                submission.person(),
                submission.requireChoice("lockdownDecision", Lockdowns.Decision.class),
                submission.requireText("lockdownReason", 2000));
    }
}
