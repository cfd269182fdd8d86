package io.slipway.validation.process;

import io.slipway.release.ReleaseScope;
import io.slipway.validation.Validations;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_openValidation}: begins to watch the release. Run twice, it is watched anew from the second run. */
@Component
class OpenValidationDelegate implements JavaDelegate {

    private final Validations validations;
    private final ReleaseScope scope;

    OpenValidationDelegate(Validations validations, ReleaseScope scope) {
        this.validations = validations;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        validations.open(scope.of(execution));
    }
}
