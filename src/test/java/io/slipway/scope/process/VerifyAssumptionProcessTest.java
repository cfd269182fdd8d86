package io.slipway.scope.process;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
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
import io.slipway.scope.Assumptions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.runtime.EventSubscription;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.bpm.engine.test.assertions.ProcessEngineTests;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Deployment(resources = "bpmn/scope/verify-assumption.bpmn")
@Capability("1.5")
class VerifyAssumptionProcessTest {

    private static final String CONFIRM = "userTask_confirmAssumption";
    private static final String CHECK = "serviceTask_checkAssumption";
    private static final Instant LATER = Instant.parse("2026-12-31T00:00:00Z");
    private static final Release RELEASE = ReleaseFixture.storefront240();
    private static final ReleaseScope SCOPE = ReleaseFixture.scopeOf(RELEASE);
    private static final Assumptions ASSUMPTIONS = mock(Assumptions.class);
    private static final People PEOPLE = mock(People.class);
    private static final ModelEngine ENGINE = ModelEngine.of(
            "verify-assumption",
            new CheckAssumptionDelegate(ASSUMPTIONS, SCOPE),
            new ConfirmAssumptionTask(ASSUMPTIONS, SCOPE, PEOPLE));

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension();

    @BeforeEach
    void begin() {
        reset(ASSUMPTIONS, PEOPLE);
        when(PEOPLE.name("p-olga")).thenReturn("Olga");
        when(ASSUMPTIONS.nextCheck(RELEASE, 1)).thenReturn(LATER);
        when(ASSUMPTIONS.get(RELEASE, 1))
                .thenReturn(new Assumptions.Assumption(
                        1,
                        "The bank answers",
                        "Bank",
                        "p-olga",
                        LATER,
                        "No payments",
                        null,
                        List.of("userTask_acceptGo"),
                        Assumptions.State.EXPIRED,
                        "Nobody has confirmed it since.",
                        null));
        ENGINE.begin();
        ProcessEngineTests.init(ENGINE.engine());
    }

    private static ProcessInstance declared() {
        ProcessInstance instance = ENGINE.start(
                VerifyAssumptionProcess.KEY, Map.of("releaseId", RELEASE.id().toString(), "assumptionNumber", 1));
        ENGINE.runJobs("startEvent_assumptionDeclared", CHECK);
        return instance;
    }

    @Test
    void checksAgainAndAgainUntilNobodyNeedsIt() {
        when(ASSUMPTIONS.check(RELEASE, 1))
                .thenReturn(Assumptions.Next.WAIT, Assumptions.Next.WAIT, Assumptions.Next.ENDED);
        ProcessInstance instance = declared();
        ENGINE.runJobs("event_checkDue", CHECK, "event_checkDue", CHECK);

        assertThat(instance).isEnded().hasPassed("endEvent_assumptionEnded");
        verify(ASSUMPTIONS, times(3)).check(RELEASE, 1);
    }

    @Test
    void asksAPersonAndChecksWhatThePersonSaid() {
        when(ASSUMPTIONS.check(RELEASE, 1)).thenReturn(Assumptions.Next.ASK, Assumptions.Next.WAIT);
        ProcessInstance instance = declared();
        assertThat(instance).isWaitingAt(CONFIRM);
        assertThatThrownBy(() -> ENGINE.complete(
                        "p-olga",
                        "product-owner",
                        CONFIRM,
                        Map.of("assumptionVerdict", "HOLDS", "assumptionEvidence", "a letter")))
                .hasMessageContaining("assumptionValidUntil");
        ENGINE.complete(
                "p-olga",
                "product-owner",
                CONFIRM,
                Map.of(
                        "assumptionVerdict",
                        "HOLDS",
                        "assumptionValidUntil",
                        LATER.toString(),
                        "assumptionEvidence",
                        "a letter"));
        ENGINE.runJob(CHECK);

        assertThat(instance).isWaitingAt("event_checkDue");
        verify(ASSUMPTIONS).confirm(RELEASE, 1, "p-olga", true, LATER, "a letter");
    }

    @Test
    void takesARefutation() {
        when(ASSUMPTIONS.check(RELEASE, 1)).thenReturn(Assumptions.Next.ASK);
        declared();
        ENGINE.complete(
                "p-dana",
                "developer",
                CONFIRM,
                Map.of("assumptionVerdict", "REFUTED", "assumptionEvidence", "they said so"));

        verify(ASSUMPTIONS).confirm(RELEASE, 1, "p-dana", false, null, "they said so");
    }

    @Test
    void checksAgainWhatWasAnsweredElsewhereAndAsksNobodyAnyMore() {
        when(ASSUMPTIONS.check(RELEASE, 1)).thenReturn(Assumptions.Next.ASK, Assumptions.Next.WAIT);
        ProcessInstance instance = declared();
        EventSubscription waiting = ENGINE.engine()
                .getRuntimeService()
                .createEventSubscriptionQuery()
                .eventName("scope.assumptionAnswered")
                .singleResult();

        ENGINE.engine().getRuntimeService().messageEventReceived(waiting.getEventName(), waiting.getExecutionId());
        ENGINE.runJob(CHECK);

        assertThat(instance).hasPassed("event_answeredElsewhere").isWaitingAt("event_checkDue");
    }
}
