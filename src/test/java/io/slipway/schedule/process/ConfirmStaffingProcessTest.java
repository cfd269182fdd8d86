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
import io.slipway.platform.security.People;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseScope;
import io.slipway.schedule.staffing.Staffings;
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

@Deployment(resources = "bpmn/schedule/confirm-staffing.bpmn")
@Capability("2.2")
class ConfirmStaffingProcessTest {

    private static final String TASK = "userTask_confirmPresence";
    private static final Instant LATER = Instant.parse("2099-01-01T00:00:00Z");
    private static final Release RELEASE = ReleaseFixture.storefront240();
    private static final ReleaseScope SCOPE = ReleaseFixture.scopeOf(RELEASE);
    private static final Staffings STAFFINGS = mock(Staffings.class);
    private static final ModelEngine ENGINE = ModelEngine.of(
            "confirm-staffing",
            new AskPersonDelegate(STAFFINGS, SCOPE),
            new ConfirmPresenceTask(STAFFINGS, SCOPE, mock(People.class)),
            new ConcludePresenceDelegate(STAFFINGS, SCOPE));

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension();

    @BeforeEach
    void begin() {
        reset(STAFFINGS);
        when(STAFFINGS.seats(any())).thenReturn(List.of());
        ENGINE.begin();
        ProcessEngineTests.init(ENGINE.engine());
    }

    private static ProcessInstance asked() {
        ProcessInstance instance = ENGINE.start(
                ConfirmStaffingProcess.KEY, Map.of("releaseId", RELEASE.id().toString(), "staffingFunction", "qa"));
        ENGINE.runJobs("startEvent_staffingAsked", "serviceTask_askPerson");
        return instance;
    }

    @Test
    void asksABackupWhenSomebodyDeclinesAndWhenNobodyAnswers() {
        when(STAFFINGS.ask(RELEASE, "qa"))
                .thenReturn(new Staffings.Asked(Optional.of("p-anna"), LATER))
                .thenReturn(new Staffings.Asked(Optional.of("p-ben"), LATER))
                .thenReturn(new Staffings.Asked(Optional.of("p-carl"), LATER));
        when(STAFFINGS.conclude(RELEASE, "qa")).thenReturn(Staffings.Answer.ABSENT, Staffings.Answer.PRESENT);
        ProcessInstance instance = asked();
        ENGINE.complete("p-anna", "qa", TASK, Map.of("presenceAnswer", "ABSENT"));
        ENGINE.runJobs("serviceTask_concludePresence", "serviceTask_askPerson");
        assertThat(instance).isWaitingAt(TASK);
        ENGINE.runJobs("event_answerOverdue", "serviceTask_askPerson");
        ENGINE.complete("p-carl", "qa", TASK, Map.of("presenceAnswer", "PRESENT"));
        ENGINE.runJob("serviceTask_concludePresence");

        assertThat(instance).isEnded();
        verify(STAFFINGS).answer(RELEASE, "qa", "p-anna", Staffings.Answer.ABSENT);
        verify(STAFFINGS).answer(RELEASE, "qa", "p-carl", Staffings.Answer.PRESENT);
        verify(STAFFINGS, times(3)).ask(RELEASE, "qa");
    }

    @Test
    void endsWhereNobodyIsLeft() {
        when(STAFFINGS.ask(RELEASE, "qa")).thenReturn(new Staffings.Asked(Optional.empty(), LATER));
        assertThat(asked()).isEnded().hasPassed("endEvent_functionUncovered");
    }
}
