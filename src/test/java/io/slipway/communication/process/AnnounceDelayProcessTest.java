package io.slipway.communication.process;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.communication.Delay;
import io.slipway.communication.Delays;
import io.slipway.platform.process.ModelEngine;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseScope;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.bpm.engine.test.assertions.ProcessEngineTests;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Deployment(resources = "bpmn/communication/announce-delay.bpmn")
@Capability("6.3")
class AnnounceDelayProcessTest {

    private static final String TASK = "userTask_confirmUpdate";
    private static final Instant LATER = Instant.parse("2999-03-02T09:00:00Z");
    private static final Release RELEASE = ReleaseFixture.storefront240();
    private static final ReleaseScope SCOPE = ReleaseFixture.scopeOf(RELEASE);
    private static final Delays DELAYS = mock(Delays.class);
    private static final ModelEngine ENGINE = ModelEngine.of(
            "announce-delay",
            new ConfirmUpdateTask(DELAYS, SCOPE),
            new SendUpdateDelegate(DELAYS, SCOPE),
            new EscalateUpdateDelegate(DELAYS, SCOPE),
            new ReviewDelayDelegate(DELAYS, SCOPE));

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension();

    @BeforeEach
    void begin() {
        reset(DELAYS);
        when(DELAYS.get(3))
                .thenReturn(new Delay(
                        3,
                        1,
                        "A task waits.",
                        LATER,
                        LATER.plusSeconds(3600),
                        "",
                        Delay.State.DRAFT,
                        Optional.empty(),
                        Optional.empty(),
                        LATER));
        when(DELAYS.decide(eq(RELEASE), eq(3L), any(), any(), any(), any())).thenReturn(LATER);
        ENGINE.begin();
        ProcessEngineTests.init(ENGINE.engine());
    }

    private static ProcessInstance started() {
        ProcessInstance instance = ENGINE.start(
                AnnounceDelayProcess.KEY,
                Map.of("releaseId", RELEASE.id().toString(), "delayId", "3", "updateDueAt", Date.from(LATER)));
        ENGINE.runJob("startEvent_delayFound");
        return instance;
    }

    private static void decides(String decision) {
        ENGINE.complete(
                "p-mara",
                "release-manager",
                TASK,
                Map.of("updateDecision", decision, "updateText", "Sorry.", "nextUpdateAfter", "PT1H"));
    }

    @Test
    void sendsWhatWasConfirmedAndAsksAgainWhileItIsLate() {
        when(DELAYS.review(RELEASE, 3))
                .thenReturn(
                        new Delays.Review(Delays.Verdict.LATE, LATER),
                        new Delays.Review(Delays.Verdict.ON_TIME, LATER));
        ProcessInstance instance = started();
        decides("SEND");
        ENGINE.runJobs("serviceTask_sendUpdate", "event_nextUpdate", "serviceTask_reviewDelay");
        assertThat(instance).isWaitingAt(TASK);
        decides("SEND");
        ENGINE.runJobs("serviceTask_sendUpdate", "event_nextUpdate", "serviceTask_reviewDelay");

        assertThat(instance).isEnded();
        verify(DELAYS, times(2)).send(RELEASE, 3);
        verify(DELAYS, times(2)).decide(RELEASE, 3, "p-mara", Delays.Decision.SEND, "Sorry.", Optional.of("PT1H"));
    }

    @Test
    void tellsTheDeputiesWhenNobodyConfirmsInTimeAndKeepsTheTask() {
        ProcessInstance instance = started();
        ENGINE.runJobs("event_updateOverdue", "serviceTask_escalateUpdate");

        assertThat(instance).isWaitingAt(TASK);
        verify(DELAYS).escalate(RELEASE, 3);
        verify(DELAYS, never()).send(any(), eq(3L));
    }

    @Test
    void tellsNobodyWhenTheDraftIsDismissed() {
        ProcessInstance instance = started();
        decides("DISMISS");

        assertThat(instance).isEnded();
        verify(DELAYS, never()).send(any(), eq(3L));
    }

    @Test
    void takesNoOtherDecision() {
        started();

        assertThatThrownBy(() -> decides("MAYBE")).hasMessageContaining("updateDecision");
    }
}
