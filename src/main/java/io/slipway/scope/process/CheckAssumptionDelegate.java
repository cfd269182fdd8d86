package io.slipway.scope.process;

import io.slipway.release.Release;
import io.slipway.release.ReleaseScope;
import io.slipway.scope.Assumptions;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_checkAssumption}: verifies an assumption. Run twice, it asks twice, which changes nothing outside. */
@Component
class CheckAssumptionDelegate implements JavaDelegate {

    private final Assumptions assumptions;
    private final ReleaseScope scope;

    CheckAssumptionDelegate(Assumptions assumptions, ReleaseScope scope) {
        this.assumptions = assumptions;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Release release = scope.of(execution);
        int number = VerifyAssumptionProcess.ASSUMPTION_NUMBER.require(execution);
        VerifyAssumptionProcess.ASSUMPTION_NEXT.set(
                execution, assumptions.check(release, number).name());
        VerifyAssumptionProcess.ASSUMPTION_CHECK_AT.set(execution, Date.from(assumptions.nextCheck(release, number)));
    }
}
