package io.slipway.schedule.process;

import io.slipway.schedule.lockdowns.Lockdowns;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_endLockdown}: ends a lockdown and tells whose window has passed. Run twice, the second time changes nothing. */
@Component
class EndLockdownDelegate implements JavaDelegate {

    private final Lockdowns lockdowns;

    EndLockdownDelegate(Lockdowns lockdowns) {
        this.lockdowns = lockdowns;
    }

    @Override
    public void execute(DelegateExecution execution) {
        lockdowns.end(String.valueOf(execution.getProcessBusinessKey()));
    }
}
