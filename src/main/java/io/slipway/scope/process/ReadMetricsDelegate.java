package io.slipway.scope.process;

import io.slipway.release.ReleaseScope;
import io.slipway.scope.SuccessMetrics;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_readMetrics}: judges what the sources tell. Run twice, each metric is judged once. */
@Component
class ReadMetricsDelegate implements JavaDelegate {

    private final SuccessMetrics metrics;
    private final ReleaseScope scope;

    ReadMetricsDelegate(SuccessMetrics metrics, ReleaseScope scope) {
        this.metrics = metrics;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        List<String> asked = metrics.read(
                scope.of(execution),
                EvaluateMetricsProcess.METRICS_LIVE_SINCE.require(execution).toInstant(),
                EvaluateMetricsProcess.METRICS_EVALUATION.require(execution));
        EvaluateMetricsProcess.METRICS_ASKED.set(execution, asked);
        EvaluateMetricsProcess.METRICS_KNOWN.set(execution, asked.isEmpty());
    }
}
