package io.slipway.validation.process;

import io.slipway.release.ReleaseScope;
import io.slipway.validation.Comparisons;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_compareMetrics}: compares metrics with the baseline. Run twice, it compares twice and the newer counts. */
@Component
class CompareMetricsDelegate implements JavaDelegate {

    private final Comparisons comparisons;
    private final ReleaseScope scope;

    CompareMetricsDelegate(Comparisons comparisons, ReleaseScope scope) {
        this.comparisons = comparisons;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        ValidateReleaseProcess.COMPARISON.set(
                execution, comparisons.compare(scope.of(execution)).name());
    }
}
