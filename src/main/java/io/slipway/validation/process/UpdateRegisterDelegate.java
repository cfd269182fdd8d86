package io.slipway.validation.process;

import io.slipway.release.ReleaseScope;
import io.slipway.validation.closing.Closing;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_updateRegister}: writes what production runs into the register and reads it back. Run twice, it writes once. */
@Component
class UpdateRegisterDelegate implements JavaDelegate {

    private final Closing closing;
    private final ReleaseScope scope;

    UpdateRegisterDelegate(Closing closing, ReleaseScope scope) {
        this.closing = closing;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        closing.updateRegister(scope.of(execution));
    }
}
