package io.slipway.scope.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;
import java.util.Date;
import java.util.List;

/** What code knows of {@code bpmn/scope/evaluate-metrics.bpmn}. */
public final class EvaluateMetricsProcess {

    public static final String KEY = "evaluate-metrics";

    /** Id of the release that this process belongs to. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    /** When the release went live. */
    public static final ProcessVariable<Date> METRICS_LIVE_SINCE = ProcessVariable.of("metricsLiveSince", Date.class);

    /** Number of the evaluation, from 0. */
    public static final ProcessVariable<Integer> METRICS_EVALUATION =
            ProcessVariable.of("metricsEvaluation", Integer.class);

    /** When the next evaluation is due. */
    public static final ProcessVariable<Date> METRICS_DUE = ProcessVariable.of("metricsDue", Date.class);

    /** Whether there is none any more. */
    public static final ProcessVariable<Boolean> METRICS_DONE = ProcessVariable.of("metricsDone", Boolean.class);

    /** Whether a source told every value. */
    public static final ProcessVariable<Boolean> METRICS_KNOWN = ProcessVariable.of("metricsKnown", Boolean.class);

    /** Keys of the metrics that people are asked for. */
    @SuppressWarnings("rawtypes")
    public static final ProcessVariable<List> METRICS_ASKED = ProcessVariable.of("metricsAsked", List.class);

    /** The metric that is asked for in one of the parallel tasks. */
    public static final ProcessVariable<String> METRIC_ASKED = ProcessVariable.of("metricAsked", String.class);

    private EvaluateMetricsProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        WENT_LIVE("startEvent_wentLive"),
        PLAN("gateway_plan"),
        PLAN_EVALUATION("serviceTask_planEvaluation"),
        IS_EVALUATED("gateway_isEvaluated"),
        METRICS_EVALUATED("endEvent_metricsEvaluated"),
        EVALUATION_DUE("event_evaluationDue"),
        READ_METRICS("serviceTask_readMetrics"),
        IS_ANSWERED("gateway_isAnswered"),
        REPORT_METRIC("userTask_reportMetric");

        private final String id;

        Element(String id) {
            this.id = id;
        }

        @Override
        public String id() {
            return id;
        }
    }
}
