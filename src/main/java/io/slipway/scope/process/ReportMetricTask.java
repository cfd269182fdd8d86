package io.slipway.scope.process;

import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.release.Release;
import io.slipway.release.ReleaseScope;
import io.slipway.scope.SuccessMetrics;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_reportMetric}: a person reports a value that no source tells. */
@Component
class ReportMetricTask implements UserTaskHandler {

    private final SuccessMetrics metrics;
    private final ReleaseScope scope;

    ReportMetricTask(SuccessMetrics metrics, ReleaseScope scope) {
        this.metrics = metrics;
        this.scope = scope;
    }

    @Override
    public String process() {
        return EvaluateMetricsProcess.KEY;
    }

    @Override
    public String task() {
        return EvaluateMetricsProcess.Element.REPORT_METRIC.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("metricValue", "metricEvidence");
    }

    @Override
    public String page(DelegateTask task) {
        return "/releases/" + task.getExecution().getProcessBusinessKey() + "/scope";
    }

    @Override
    public Brief brief(DelegateTask task) {
        Release release = scope.of(task.getExecution());
        SuccessMetrics.Metric metric = metrics.get(release, EvaluateMetricsProcess.METRIC_ASKED.require(task));
        return Brief.of("What did " + release.key() + " bring?")
                .fact("Release", release.title())
                .fact("Metric", metric.name())
                .fact("How it is measured", metric.formula())
                .fact("Baseline", metric.baseline().toPlainString())
                .fact(
                        "Target",
                        (metric.direction() == SuccessMetrics.Direction.AT_LEAST ? "at least " : "at most ")
                                + metric.target().toPlainString())
                .fact(
                        "Live since",
                        EvaluateMetricsProcess.METRICS_LIVE_SINCE.require(task).toInstant());
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        metrics.report(
                scope.of(task.getExecution()),
                EvaluateMetricsProcess.METRIC_ASKED.require(task),
                EvaluateMetricsProcess.METRICS_LIVE_SINCE.require(task).toInstant(),
                EvaluateMetricsProcess.METRICS_EVALUATION.require(task),
                submission.person(),
                submission.requireText("metricValue", 30),
                submission.requireText("metricEvidence", 2000));
    }
}
