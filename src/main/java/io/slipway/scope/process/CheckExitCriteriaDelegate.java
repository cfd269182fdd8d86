package io.slipway.scope.process;

import io.slipway.release.ReleaseScope;
import io.slipway.scope.ExitCriteria;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_checkExitCriteria}: counts the criteria that are open. Run twice, it counts again. */
@Component
class CheckExitCriteriaDelegate implements JavaDelegate {

    private final ExitCriteria criteria;
    private final ReleaseScope scope;

    CheckExitCriteriaDelegate(ExitCriteria criteria, ReleaseScope scope) {
        this.criteria = criteria;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        HandOverDevelopmentProcess.CRITERIA_OPEN.set(execution, criteria.check(scope.of(execution)));
    }
}
