package io.slipway.schedule.process;

import io.slipway.schedule.lockdowns.Lockdowns;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_enforceLockdown}: puts an approved lockdown into force. Run twice, the second time changes nothing. */
@Component
class EnforceLockdownDelegate implements JavaDelegate {

    private final Lockdowns lockdowns;

    EnforceLockdownDelegate(Lockdowns lockdowns) {
        this.lockdowns = lockdowns;
    }

    @Override
    public void execute(DelegateExecution execution) {
        ImposeLockdownProcess.LOCKDOWN_STATE.set(
                execution,
                lockdowns
                        .enforce(String.valueOf(execution.getProcessBusinessKey()))
                        .name());
    }
}
