package io.slipway.schedule.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.platform.process.ModelEngine;
import io.slipway.platform.security.People;
import io.slipway.release.Part;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseScope;
import io.slipway.schedule.Readiness;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.bpm.engine.test.assertions.ProcessEngineTests;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Deployment(resources = "bpmn/schedule/confirm-readiness.bpmn")
@Capability("2.2")
class ConfirmReadinessProcessTest {

    private static final String ANSWER = "userTask_confirmReadiness";
    private static final String ACCEPT = "userTask_acceptGo";
    private static final Instant START = Instant.parse("2026-03-28T20:00:00Z");
    private static final Release RELEASE =
            ReleaseFixture.planned(START, START.plusSeconds(3600), ReleaseFixture.storefront240());
    private static final ReleaseScope SCOPE = ReleaseFixture.scopeOf(RELEASE);
    private static final Readiness READINESS = mock(Readiness.class);
    private static final People PEOPLE = mock(People.class);
    private static final AcceptGoTask ACCEPT_GO = new AcceptGoTask(READINESS, SCOPE, PEOPLE);
    private static final ModelEngine ENGINE = ModelEngine.of(
            "confirm-readiness",
            new OpenReadinessDelegate(READINESS, SCOPE),
            new ConfirmReadinessTask(READINESS, SCOPE),
            ACCEPT_GO,
            new ConcludeReadinessDelegate(READINESS, SCOPE));

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension();

    @BeforeEach
    void begin() {
        reset(READINESS, PEOPLE);
        when(PEOPLE.name("p-quinn")).thenReturn("Quinn");
        when(PEOPLE.name("p-omar")).thenReturn("Omar");
        when(READINESS.open(RELEASE)).thenReturn(new Readiness.Opening(START, List.of("qa", "operations")));
        when(READINESS.standing(RELEASE))
                .thenReturn(List.of(
                        new Readiness.Standing(
                                "qa", "Quality assurance", Readiness.Verdict.READY, "", "p-quinn", START),
                        new Readiness.Standing(
                                "operations",
                                "Operations",
                                Readiness.Verdict.NOT_READY,
                                "short of people",
                                "p-omar",
                                START),
                        new Readiness.Standing("security", "Security", null, "", null, null)));
        ENGINE.begin();
        ProcessEngineTests.init(ENGINE.engine());
    }

    private static ProcessInstance windowOpened() {
        ProcessInstance instance = ENGINE.start(
                ConfirmReadinessProcess.KEY, Map.of("releaseId", RELEASE.id().toString()));
        ENGINE.runJobs("startEvent_readinessOpened", "serviceTask_openReadiness", "event_windowOpens");
        return instance;
    }

    private static ProcessInstance answered() {
        ProcessInstance instance = windowOpened();
        ENGINE.complete("p-quinn", "qa", ANSWER, Map.of("readinessVerdict", "READY"));
        ENGINE.complete(
                "p-omar",
                "operations",
                ANSWER,
                Map.of("readinessVerdict", "NOT_READY", "readinessReason", "short of people"));
        return instance;
    }

    private static void accept(Map<String, Object> inputs) {
        ENGINE.complete("p-dora", "deployer", ACCEPT, inputs);
    }

    @Test
    void asksEveryFunctionAtTheStartOfTheWindowAndThenTheDeployer() {
        when(READINESS.conclude(RELEASE)).thenReturn(Readiness.Decision.GO);
        ProcessInstance instance = answered();
        assertThat(instance).isWaitingAt(ACCEPT);
        accept(Map.of("goDecision", "GO"));
        ENGINE.runJob("serviceTask_concludeReadiness");

        assertThat(instance).isEnded().hasPassed("endEvent_go");
        verify(READINESS).answer(RELEASE, "p-quinn", "qa", Readiness.Verdict.READY, "");
        verify(READINESS).answer(RELEASE, "p-omar", "operations", Readiness.Verdict.NOT_READY, "short of people");
        verify(READINESS).decide(RELEASE, "p-dora", Readiness.Decision.GO, "");
    }

    @Test
    void waitsForTheStartOfTheWindow() {
        ENGINE.start(
                ConfirmReadinessProcess.KEY, Map.of("releaseId", RELEASE.id().toString()));
        ENGINE.runJobs("startEvent_readinessOpened", "serviceTask_openReadiness");

        assertThat(ENGINE.engine()
                        .getManagementService()
                        .createJobQuery()
                        .timers()
                        .singleResult()
                        .getDuedate())
                .isEqualTo(START);
    }

    @Test
    void endsWithTheErrorThatLeadsToAnotherWindowWhateverTheProcessSaysWhenTheRecordSaysNoGo() {
        when(READINESS.conclude(RELEASE)).thenReturn(Readiness.Decision.NO_GO);
        ProcessInstance instance = answered();
        accept(Map.of("goDecision", "NO_GO", "goReason", "Operations are short of people"));
        ENGINE.engine().getRuntimeService().setVariable(instance.getId(), "goDecision", "GO");

        assertThatThrownBy(() -> ENGINE.runJob("serviceTask_concludeReadiness"))
                .isInstanceOf(ProcessEngineException.class)
                .hasMessageContaining("NO_GO");
        verify(READINESS).decide(RELEASE, "p-dora", Readiness.Decision.NO_GO, "Operations are short of people");
    }

    @Test
    void keepsTheTaskWhenTheGoIsRefused() {
        ProcessInstance instance = answered();
        doThrow(new Refused("goDecision", "There is no go while Operations is not ready"))
                .when(READINESS)
                .decide(any(), any(), any(), any());

        assertThatThrownBy(() -> accept(Map.of("goDecision", "GO"))).hasMessageContaining("There is no go");
        assertThatThrownBy(() -> accept(Map.of())).hasMessageContaining("GO, NO_GO");
        assertThat(instance).isWaitingAt(ACCEPT);
    }

    @Test
    void showsTheDeployerEveryAnswer() {
        answered();
        String task = ENGINE.engine()
                .getTaskService()
                .createTaskQuery()
                .taskDefinitionKey(ACCEPT)
                .singleResult()
                .getId();

        assertThat(ENGINE.engine()
                        .getTaskService()
                        .getVariableLocal(task, "brief")
                        .toString())
                .contains(
                        "{\"function\":\"Quality assurance\",\"verdict\":\"Ready\",\"person\":\"Quinn\",\"reason\":\"–\"}")
                .contains("\"verdict\":\"Not ready\",\"person\":\"Omar\",\"reason\":\"short of people\"")
                .contains("\"verdict\":\"No answer\"");
    }

    @Test
    @Capability("8.4")
    void makesWhoeverDecidesADeployerOfTheRelease() {
        assertThat(ACCEPT_GO.part()).isEqualTo(Part.DEPLOYER);
    }
}
