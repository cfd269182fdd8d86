package io.slipway.schedule.process;

import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.platform.process.ModelEngine;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseScope;
import io.slipway.schedule.TimeSpan;
import io.slipway.schedule.bookings.Conflicts;
import io.slipway.schedule.bookings.WishedSlot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.bpm.engine.test.assertions.ProcessEngineTests;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Deployment(resources = "bpmn/schedule/settle-booking-conflict.bpmn")
@Capability("2.3")
class SettleBookingConflictProcessTest {

    private static final String TASK = "userTask_settleConflict";
    private static final String ID = UUID.randomUUID().toString();
    private static final Release RELEASE = ReleaseFixture.storefront240();
    private static final ReleaseScope SCOPE = ReleaseFixture.scopeOf(RELEASE);
    private static final Conflicts CONFLICTS = mock(Conflicts.class);
    private static final ModelEngine ENGINE = ModelEngine.of(
            "settle-booking-conflict",
            new SettleConflictTask(CONFLICTS, SCOPE),
            new ApplySettlementDelegate(CONFLICTS, SCOPE));

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension();

    @BeforeEach
    void begin() {
        reset(CONFLICTS);
        when(CONFLICTS.get(ID))
                .thenReturn(new Conflicts.Conflict(
                        UUID.fromString(ID),
                        RELEASE.key(),
                        new WishedSlot(
                                "staging",
                                new TimeSpan(
                                        Instant.parse("2026-03-02T09:00:00Z"), Instant.parse("2026-03-02T10:00:00Z")),
                                "Load test",
                                Optional.empty()),
                        "p-quinn",
                        null,
                        null,
                        ""));
        when(CONFLICTS.options(any(), any())).thenReturn(new Conflicts.Options(List.of(), List.of(), List.of()));
        when(CONFLICTS.costs(any())).thenReturn(Map.of());
        ENGINE.begin();
        ProcessEngineTests.init(ENGINE.engine());
    }

    @Test
    void asksAgainWhileTheEnvironmentIsStillTaken() {
        when(CONFLICTS.apply(RELEASE, ID)).thenReturn(Conflicts.Outcome.STILL_TAKEN, Conflicts.Outcome.SETTLED);
        ProcessInstance instance = ENGINE.start(
                SettleBookingConflictProcess.KEY,
                Map.of("releaseId", RELEASE.id().toString(), "conflictId", ID));
        ENGINE.runJob("startEvent_conflictFound");
        ENGINE.complete("p-rita", "release-manager", TASK, Map.of("settlement", "MOVE_OTHERS"));
        ENGINE.runJob("serviceTask_applySettlement");
        assertThat(instance).isWaitingAt(TASK);
        ENGINE.complete("p-rita", "release-manager", TASK, Map.of("settlement", "MOVE_THIS"));
        ENGINE.runJob("serviceTask_applySettlement");

        assertThat(instance).isEnded();
        verify(CONFLICTS).settle(RELEASE, ID, "p-rita", Conflicts.Settlement.MOVE_OTHERS);
        verify(CONFLICTS).settle(RELEASE, ID, "p-rita", Conflicts.Settlement.MOVE_THIS);
        verify(CONFLICTS, times(2)).apply(RELEASE, ID);
    }
}
