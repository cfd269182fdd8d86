package io.slipway.validation.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.platform.process.Caller;
import io.slipway.platform.process.ModelEngine;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseScope;
import io.slipway.validation.Comparisons;
import io.slipway.validation.Validations;
import io.slipway.validation.process.ValidateReleaseProcess.Element;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The model {@code validate-release} with its delegates; what validation does is told by a mock. */
@Deployment(resources = {"bpmn/validation/validate-release.bpmn", "forms/validation/judge-comparison.form"})
@Capability("7.1")
class ValidateReleaseProcessTest {

    private static final Release RELEASE = ReleaseFixture.storefront240();
    private static final ReleaseScope SCOPE = ReleaseFixture.scopeOf(RELEASE);
    private static final Validations VALIDATIONS = mock(Validations.class);
    private static final Comparisons COMPARISONS = mock(Comparisons.class);
    private static final Instant SOON = Instant.parse("2030-01-01T00:05:00Z");

    private static final ModelEngine ENGINE = ModelEngine.of(
            "validate-release",
            new OpenValidationDelegate(VALIDATIONS, SCOPE),
            new RunSyntheticCheckDelegate(VALIDATIONS, SCOPE),
            new CompareMetricsDelegate(COMPARISONS, SCOPE),
            new JudgeComparisonTask(COMPARISONS, SCOPE),
            new StartHypercareDelegate(VALIDATIONS, SCOPE));

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension(Caller.KEY);

    @BeforeEach
    void begin() {
        reset(VALIDATIONS, COMPARISONS);
        when(COMPARISONS.compare(RELEASE)).thenReturn(Comparisons.Answer.PASS);
        when(COMPARISONS.newest(RELEASE)).thenReturn(Optional.empty());
        ENGINE.begin();
    }

    @Test
    void looksAgainUntilItIsBakedAndThenStartsHypercare() {
        when(VALIDATIONS.check(RELEASE))
                .thenReturn(new Validations.Outcome(true, false, SOON), new Validations.Outcome(true, true, SOON));
        when(VALIDATIONS.startHypercare(RELEASE)).thenReturn(Instant.parse("2030-01-04T00:00:00Z"));
        ProcessInstance caller = started();

        ENGINE.runJob(Element.RUN_SYNTHETIC_CHECK.id());
        Job timer = ENGINE.engine()
                .getManagementService()
                .createJobQuery()
                .activityId(Element.NEXT_CHECK.id())
                .singleResult();
        assertThat(timer.getDuedate()).isEqualTo(Date.from(SOON));
        ENGINE.runJobs(
                Element.NEXT_CHECK.id(),
                Element.RUN_SYNTHETIC_CHECK.id(),
                Element.COMPARE_METRICS.id(),
                Element.START_HYPERCARE.id());

        verify(VALIDATIONS).open(RELEASE);
        verify(VALIDATIONS, times(2)).check(RELEASE);
        HistoricVariableInstance ends = ENGINE.engine()
                .getHistoryService()
                .createHistoricVariableInstanceQuery()
                .variableName(ValidateReleaseProcess.HYPERCARE_ENDS.name())
                .singleResult();
        assertThat(ends.getValue()).isEqualTo(Date.from(Instant.parse("2030-01-04T00:00:00Z")));
        assertThat(endsOf(caller)).containsExactly(Caller.ENDED);
    }

    @Test
    void aFailedCheckRejectsProduction() {
        when(VALIDATIONS.check(RELEASE)).thenReturn(new Validations.Outcome(false, false, SOON));
        ProcessInstance caller = started();

        ENGINE.runJob(Element.RUN_SYNTHETIC_CHECK.id());

        assertThat(endsOf(caller)).containsExactly(Caller.CAUGHT);
    }

    private static ProcessInstance baked(Comparisons.Answer answer) {
        when(VALIDATIONS.check(RELEASE)).thenReturn(new Validations.Outcome(true, true, SOON));
        when(VALIDATIONS.startHypercare(RELEASE)).thenReturn(SOON);
        when(COMPARISONS.compare(RELEASE)).thenReturn(answer);
        ProcessInstance caller = started();
        ENGINE.runJobs(Element.RUN_SYNTHETIC_CHECK.id(), Element.COMPARE_METRICS.id());
        return caller;
    }

    @Test
    @Capability("7.2")
    void degradedMetricsRejectProduction() {
        assertThat(endsOf(baked(Comparisons.Answer.REJECT))).containsExactly(Caller.CAUGHT);
        verify(VALIDATIONS, never()).startHypercare(RELEASE);
    }

    @Test
    @Capability("7.2")
    void operationsDecidesWhereTheMetricsSayNothing() {
        ProcessInstance kept = baked(Comparisons.Answer.ASK);
        ENGINE.complete(
                "p-omar",
                "operations",
                Element.JUDGE_COMPARISON.id(),
                Map.of("comparisonDecision", "KEEP", "comparisonReason", "Traffic is low at night."));
        ENGINE.runJob(Element.START_HYPERCARE.id());

        verify(COMPARISONS).decide(RELEASE, "p-omar", true, "Traffic is low at night.");
        assertThat(endsOf(kept)).containsExactly(Caller.ENDED);
    }

    @Test
    @Capability("7.2")
    void operationsTakesBackWhereTheMetricsSayNothing() {
        ProcessInstance back = baked(Comparisons.Answer.ASK);
        ENGINE.complete(
                "p-omar",
                "operations",
                Element.JUDGE_COMPARISON.id(),
                Map.of("comparisonDecision", "TAKE_BACK", "comparisonReason", "Users complain."));

        verify(COMPARISONS).decide(RELEASE, "p-omar", false, "Users complain.");
        assertThat(endsOf(back)).containsExactly(Caller.CAUGHT);
    }

    private static ProcessInstance started() {
        Caller.deploy(ENGINE.engine(), ValidateReleaseProcess.KEY, ValidateReleaseProcess.PRODUCTION_REJECTED);
        ProcessInstance caller =
                ENGINE.start(Caller.KEY, Map.of("releaseId", RELEASE.id().toString()));
        ENGINE.runJobs(Element.VALIDATION_OPENED.id(), Element.OPEN_VALIDATION.id());
        return caller;
    }

    private static List<String> endsOf(ProcessInstance caller) {
        return ENGINE
                .engine()
                .getHistoryService()
                .createHistoricActivityInstanceQuery()
                .processInstanceId(caller.getId())
                .activityType("noneEndEvent")
                .list()
                .stream()
                .map(end -> end.getActivityId())
                .toList();
    }
}
