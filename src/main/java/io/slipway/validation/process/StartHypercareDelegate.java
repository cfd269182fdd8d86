package io.slipway.validation.process;

import io.slipway.release.ReleaseScope;
import io.slipway.validation.Validations;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_startHypercare}: begins hypercare. Run twice, it ends when the first run said. */
@Component
class StartHypercareDelegate implements JavaDelegate {

    private final Validations validations;
    private final ReleaseScope scope;

    StartHypercareDelegate(Validations validations, ReleaseScope scope) {
        this.validations = validations;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        ValidateReleaseProcess.HYPERCARE_ENDS.set(
                execution, Date.from(validations.startHypercare(scope.of(execution))));
    }
}
