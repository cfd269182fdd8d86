package io.slipway.schedule.process;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.platform.process.ModelEngine;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseScope;
import io.slipway.schedule.Blackouts;
import io.slipway.schedule.Windows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.bpm.engine.test.assertions.ProcessEngineTests;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Deployment(resources = "bpmn/schedule/schedule-release.bpmn")
@Capability("2.1")
class ScheduleReleaseProcessTest {

    private static final String TASK = "userTask_proposeWindow";
    private static final Release RELEASE = ReleaseFixture.storefront240();
    private static final ReleaseScope SCOPE = ReleaseFixture.scopeOf(RELEASE);
    private static final Windows WINDOWS = mock(Windows.class);
    private static final Blackouts BLACKOUTS = mock(Blackouts.class);
    private static final ModelEngine ENGINE = ModelEngine.of(
            "schedule-release",
            new WindowRounds(WINDOWS, SCOPE),
            new ProposeWindowTask(WINDOWS, BLACKOUTS, SCOPE, List.of()),
            new CheckWindowDelegate(WINDOWS, SCOPE),
            new OpenEmergencyWindowDelegate(WINDOWS, SCOPE),
            new PlanWindowDelegate(WINDOWS, SCOPE));

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension();

    @BeforeEach
    void begin() {
        reset(WINDOWS, BLACKOUTS);
        ENGINE.begin();
        ProcessEngineTests.init(ENGINE.engine());
    }

    private static ProcessInstance started(String releaseClass) {
        ProcessInstance instance = ENGINE.start(
                ScheduleReleaseProcess.KEY, Map.of("releaseId", RELEASE.id().toString(), "releaseClass", releaseClass));
        ENGINE.runJob("startEvent_schedulingOpened");
        return instance;
    }

    private static void propose(Object start, Object minutes) {
        ENGINE.complete(
                "p-rita",
                "release-manager",
                TASK,
                Map.of("windowStart", start, "windowMinutes", minutes, "windowReason", "quiet hours"));
    }

    @Test
    void asksAgainUntilTheWindowIsFreeAndPlansIt() {
        when(WINDOWS.check(RELEASE)).thenReturn(Windows.Verdict.BUSY, Windows.Verdict.FREE);
        ProcessInstance instance = started("MINOR");
        propose("2026-03-28T21:00:00+01:00", 120);
        ENGINE.runJob("serviceTask_checkWindow");
        assertThat(instance).isWaitingAt(TASK);
        propose("2026-03-29T20:00Z", 90);
        ENGINE.runJobs("serviceTask_checkWindow", "serviceTask_planWindow");

        assertThat(instance).isEnded();
        var order = inOrder(WINDOWS);
        order.verify(WINDOWS).openRound(RELEASE);
        order.verify(WINDOWS)
                .propose(RELEASE, "p-rita", Instant.parse("2026-03-28T20:00:00Z"), Duration.ofHours(2), "quiet hours");
        order.verify(WINDOWS).check(RELEASE);
        order.verify(WINDOWS)
                .propose(
                        RELEASE,
                        "p-rita",
                        Instant.parse("2026-03-29T20:00:00Z"),
                        Duration.ofMinutes(90),
                        "quiet hours");
        order.verify(WINDOWS).check(RELEASE);
        order.verify(WINDOWS).plan(RELEASE);
    }

    @Test
    void opensTheWindowOfAnEmergencyWithoutAskingAnybody() {
        ProcessInstance instance = started("EMERGENCY");
        ENGINE.runJobs("serviceTask_openEmergencyWindow", "serviceTask_planWindow");

        assertThat(instance).isEnded().hasNotPassed(TASK);
        verify(WINDOWS).openEmergency(RELEASE);
        verify(WINDOWS).plan(RELEASE);
    }

    @Test
    void keepsTheTaskWhenTheProposalIsNotAcceptable() {
        ProcessInstance instance = started("MAJOR");

        assertThatThrownBy(() -> propose("tomorrow", 60)).hasMessageContaining("windowStart");
        assertThatThrownBy(() -> propose("2026-03-29T20:00Z", 4)).hasMessageContaining("from 5 to 1440");
        assertThatThrownBy(() -> propose("2026-03-29T20:00Z", "long")).hasMessageContaining("from 5 to 1440");
        assertThat(instance).isWaitingAt(TASK);
        verify(WINDOWS, never()).propose(any(), any(), any(), any(), any());
    }
}
