package io.slipway.scope.process;

import io.slipway.scope.SuccessMetrics;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_planEvaluation}: says when is evaluated next. Run twice, it says the same, as nothing is kept of a run
 * that fails. */
@Component
class PlanEvaluationDelegate implements JavaDelegate {

    private final SuccessMetrics metrics;

    PlanEvaluationDelegate(SuccessMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void execute(DelegateExecution execution) {
        SuccessMetrics.Plan plan = metrics.plan(
                EvaluateMetricsProcess.METRICS_LIVE_SINCE.require(execution).toInstant(),
                EvaluateMetricsProcess.METRICS_EVALUATION.find(execution));
        EvaluateMetricsProcess.METRICS_EVALUATION.set(execution, plan.evaluation());
        EvaluateMetricsProcess.METRICS_DUE.set(execution, Date.from(plan.due()));
        EvaluateMetricsProcess.METRICS_DONE.set(execution, plan.done());
    }
}
