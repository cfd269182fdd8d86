package io.slipway.scope.process;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.platform.process.ModelEngine;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseScope;
import io.slipway.scope.SuccessMetrics;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.bpm.engine.test.assertions.ProcessEngineTests;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Deployment(resources = "bpmn/scope/evaluate-metrics.bpmn")
@Capability("1.6")
class EvaluateMetricsProcessTest {

    private static final String REPORT = "userTask_reportMetric";
    private static final Instant LIVE = Instant.parse("2026-03-02T10:00:00Z");
    private static final Release RELEASE = ReleaseFixture.storefront240();
    private static final ReleaseScope SCOPE = ReleaseFixture.scopeOf(RELEASE);
    private static final SuccessMetrics METRICS = mock(SuccessMetrics.class);
    private static final ModelEngine ENGINE = ModelEngine.of(
            "evaluate-metrics",
            new PlanEvaluationDelegate(METRICS),
            new ReadMetricsDelegate(METRICS, SCOPE),
            new ReportMetricTask(METRICS, SCOPE));

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension();

    @BeforeEach
    void begin() {
        reset(METRICS);
        when(METRICS.plan(LIVE, Optional.empty())).thenReturn(new SuccessMetrics.Plan(0, LIVE.plusSeconds(60), false));
        when(METRICS.plan(LIVE, Optional.of(0))).thenReturn(new SuccessMetrics.Plan(1, LIVE.plusSeconds(120), false));
        when(METRICS.plan(LIVE, Optional.of(1))).thenReturn(new SuccessMetrics.Plan(2, LIVE, true));
        when(METRICS.get(RELEASE, "escapes"))
                .thenReturn(new SuccessMetrics.Metric(
                        "escapes",
                        "Defect escape rate",
                        "defects found by users of all defects",
                        new BigDecimal("12"),
                        new BigDecimal("8"),
                        SuccessMetrics.Direction.AT_MOST,
                        SuccessMetrics.Origin.PERSON));
        ENGINE.begin();
        ProcessEngineTests.init(ENGINE.engine());
    }

    @Test
    void asksPeopleForWhatNoSourceTellsAndEndsAfterTheLastEvaluation() {
        when(METRICS.read(RELEASE, LIVE, 0)).thenReturn(List.of("escapes"));
        when(METRICS.read(RELEASE, LIVE, 1)).thenReturn(List.of());
        ProcessInstance instance = ENGINE.start(
                EvaluateMetricsProcess.KEY,
                Map.of("releaseId", RELEASE.id().toString(), "metricsLiveSince", Date.from(LIVE)));
        ENGINE.runJobs(
                "startEvent_wentLive", "serviceTask_planEvaluation", "event_evaluationDue", "serviceTask_readMetrics");
        assertThat(instance).isWaitingAt(REPORT);
        assertThatThrownBy(() -> ENGINE.complete(
                        "p-olga", "product-owner", REPORT, Map.of("metricEvidence", "the ticket system")))
                .hasMessageContaining("metricValue");
        ENGINE.complete(
                "p-olga", "product-owner", REPORT, Map.of("metricValue", "7.5", "metricEvidence", "the ticket system"));
        ENGINE.runJobs(
                "serviceTask_planEvaluation",
                "event_evaluationDue",
                "serviceTask_readMetrics",
                "serviceTask_planEvaluation");

        assertThat(instance).isEnded().hasPassed("endEvent_metricsEvaluated");
        verify(METRICS).report(RELEASE, "escapes", LIVE, 0, "p-olga", "7.5", "the ticket system");
    }
}
