package io.slipway.validation.process;

import io.slipway.release.ReleaseScope;
import io.slipway.validation.Validations;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_runSyntheticCheck}: looks at production once. Run twice, it looks twice and both results count. */
@Component
class RunSyntheticCheckDelegate implements JavaDelegate {

    private final Validations validations;
    private final ReleaseScope scope;

    RunSyntheticCheckDelegate(Validations validations, ReleaseScope scope) {
        this.validations = validations;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Validations.Outcome outcome = validations.check(scope.of(execution));
        ValidateReleaseProcess.CHECK_PASSED.set(execution, outcome.passed());
        ValidateReleaseProcess.BAKE_COMPLETE.set(execution, outcome.baked());
        ValidateReleaseProcess.NEXT_CHECK.set(execution, Date.from(outcome.next()));
    }
}
