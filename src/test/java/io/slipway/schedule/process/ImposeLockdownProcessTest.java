package io.slipway.schedule.process;

import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.platform.process.ModelEngine;
import io.slipway.schedule.incidents.Incidents;
import io.slipway.schedule.lockdowns.Lockdown;
import io.slipway.schedule.lockdowns.Lockdowns;
import java.time.Instant;
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

@Deployment(resources = "bpmn/schedule/impose-lockdown.bpmn")
@Capability("2.6")
class ImposeLockdownProcessTest {

    private static final Lockdowns LOCKDOWNS = mock(Lockdowns.class);
    private static final Incidents INCIDENTS = mock(Incidents.class);
    private static final ModelEngine ENGINE = ModelEngine.of(
            "impose-lockdown",
            new ApproveLockdownTask(LOCKDOWNS, INCIDENTS),
            new EnforceLockdownDelegate(LOCKDOWNS),
            new LiftLockdownTask(LOCKDOWNS, INCIDENTS),
            new EndLockdownDelegate(LOCKDOWNS));

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension();

    @BeforeEach
    void begin() {
        reset(LOCKDOWNS, INCIDENTS);
        when(LOCKDOWNS.get(any()))
                .thenReturn(new Lockdown(
                        7,
                        Optional.of("storefront"),
                        Lockdown.State.PROPOSED,
                        "A grave incident is open.",
                        Optional.empty(),
                        Instant.EPOCH,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        when(LOCKDOWNS.held(any())).thenReturn(List.of());
        when(INCIDENTS.unresolved()).thenReturn(List.of());
        ENGINE.begin();
        ProcessEngineTests.init(ENGINE.engine());
    }

    private static ProcessInstance decided(Lockdown.State state, String decision) {
        when(LOCKDOWNS.enforce(any())).thenReturn(state);
        ProcessInstance instance = ENGINE.start(ImposeLockdownProcess.KEY, Map.of());
        ENGINE.runJob("startEvent_lockdownProposed");
        ENGINE.complete(
                "p-chiara",
                "change-authority",
                "userTask_approveLockdown",
                Map.of("lockdownDecision", decision, "lockdownReason", "Nobody can buy."));
        ENGINE.runJob("serviceTask_enforceLockdown");
        return instance;
    }

    @Test
    void holdsUntilItIsLifted() {
        ProcessInstance instance = decided(Lockdown.State.ENFORCED, "APPROVE");
        assertThat(instance).isWaitingAt("userTask_liftLockdown");
        ENGINE.complete("p-ines", "incident-manager", "userTask_liftLockdown", Map.of("liftReason", "It is over."));
        ENGINE.runJob("serviceTask_endLockdown");

        assertThat(instance).isEnded();
        verify(LOCKDOWNS).decide(any(), any(), any(), any());
        verify(LOCKDOWNS).lift(any(), any(), any());
        verify(LOCKDOWNS).end(any());
    }

    @Test
    void endsWhereItIsRejected() {
        assertThat(decided(Lockdown.State.REJECTED, "REJECT")).isEnded();
        verify(LOCKDOWNS, never()).end(any());
    }
}
