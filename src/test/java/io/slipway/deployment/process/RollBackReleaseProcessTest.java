package io.slipway.deployment.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.deployment.Deployments;
import io.slipway.deployment.Deployments.NextStep;
import io.slipway.platform.process.ModelEngine;
import io.slipway.platform.process.TaskRefused;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseScope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.InOrder;

/** The model {@code roll-back-release} with its delegates and task; what taking back does is told by mocks. */
@Deployment(resources = {"bpmn/deployment/roll-back-release.bpmn", "forms/deployment/decide-next-step.form"})
@Capability("5.6")
class RollBackReleaseProcessTest {

    private static final Release RELEASE = ReleaseFixture.storefront240();
    private static final ReleaseScope SCOPE = ReleaseFixture.scopeOf(RELEASE);
    private static final Deployments DEPLOYMENTS = mock(Deployments.class);

    private static final ModelEngine ENGINE = ModelEngine.of(
            "roll-back-release",
            new PlanRollbackDelegate(DEPLOYMENTS, SCOPE),
            new UndoStepDelegate(DEPLOYMENTS, SCOPE),
            new VerifyRestoredDelegate(DEPLOYMENTS, SCOPE),
            new DecideNextStepTask(DEPLOYMENTS, SCOPE));

    /** The loop over the steps is a saved point, and each step in it is another one. */
    private static final String ALL_STEPS = "serviceTask_undoStep#multiInstanceBody";

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension();

    @BeforeEach
    void begin() {
        reset(DEPLOYMENTS);
        when(DEPLOYMENTS.planRollback(RELEASE, "production")).thenReturn(List.of("switchTraffic", "startService"));
        when(DEPLOYMENTS.latestOf(RELEASE, "production")).thenReturn(Optional.empty());
        ENGINE.begin();
    }

    @Test
    void takesTheStepsBackInTheFrozenOrderAndVerifies() {
        ProcessInstance rollback = undone();
        ENGINE.complete(
                "p-rita",
                "release-manager",
                RollBackReleaseProcess.Element.DECIDE_NEXT_STEP.id(),
                Map.of("rollbackDecision", "RETRY", "rollbackReason", "The total was wrong."));

        InOrder order = inOrder(DEPLOYMENTS);
        order.verify(DEPLOYMENTS).planRollback(RELEASE, "production");
        order.verify(DEPLOYMENTS).undoStep(RELEASE, "production", "switchTraffic");
        order.verify(DEPLOYMENTS).undoStep(RELEASE, "production", "startService");
        order.verify(DEPLOYMENTS).verifyRestored(RELEASE, "production");
        order.verify(DEPLOYMENTS)
                .decideNextStep(RELEASE, "production", NextStep.RETRY, "The total was wrong.", "p-rita");
        assertThat(decision(rollback)).containsExactly("RETRY");
    }

    @Test
    void aRollbackOfNothingGoesStraightToItsVerification() {
        when(DEPLOYMENTS.planRollback(RELEASE, "production")).thenReturn(List.of());
        ProcessInstance rollback = started();
        ENGINE.runJobs("serviceTask_planRollback", ALL_STEPS, "serviceTask_verifyRestored");
        ENGINE.complete(
                "p-rita",
                "release-manager",
                RollBackReleaseProcess.Element.DECIDE_NEXT_STEP.id(),
                Map.of("rollbackDecision", "END", "rollbackReason", "Not needed any more."));

        verify(DEPLOYMENTS, never()).undoStep(any(), anyString(), anyString());
        assertThat(decision(rollback)).containsExactly("END");
    }

    @Test
    void tellsWhoeverDecidesWhyItCameToThis() {
        when(DEPLOYMENTS.whyRolledBack(RELEASE, "production")).thenReturn(Optional.of("It is not healthy."));
        undone();

        String task = ENGINE.engine()
                .getTaskService()
                .createTaskQuery()
                .taskDefinitionKey(RollBackReleaseProcess.Element.DECIDE_NEXT_STEP.id())
                .singleResult()
                .getId();
        assertThat(String.valueOf(ENGINE.engine().getTaskService().getVariableLocal(task, "brief")))
                .contains("Why it came to this", "It is not healthy.");
    }

    @Test
    void aStepThatCannotBeTakenBackStaysThere() {
        doThrow(new Refused("The traffic leads elsewhere."))
                .when(DEPLOYMENTS)
                .undoStep(RELEASE, "production", "switchTraffic");
        started();
        ENGINE.runJobs("serviceTask_planRollback", ALL_STEPS);

        assertThatThrownBy(() -> ENGINE.runJob("serviceTask_undoStep")).hasMessageContaining("leads elsewhere");
        verify(DEPLOYMENTS, never()).verifyRestored(any(), anyString());
    }

    @Test
    void theDecisionNeedsAChoiceAndAReason() {
        undone();
        String task = RollBackReleaseProcess.Element.DECIDE_NEXT_STEP.id();

        assertThatThrownBy(() -> ENGINE.complete(
                        "p-rita", "release-manager", task, Map.of("rollbackDecision", "LATER", "rollbackReason", "x")))
                .isInstanceOf(TaskRefused.class)
                .hasMessageContaining("RETRY, END");
        assertThatThrownBy(() -> ENGINE.complete(
                        "p-rita", "release-manager", task, Map.of("rollbackDecision", "END", "rollbackReason", " ")))
                .isInstanceOf(TaskRefused.class)
                .hasMessageContaining("rollbackReason");
        verify(DEPLOYMENTS, never()).decideNextStep(any(), anyString(), any(), anyString(), anyString());
    }

    private static ProcessInstance started() {
        ProcessInstance rollback = ENGINE.start(
                RollBackReleaseProcess.KEY,
                Map.of(
                        RollBackReleaseProcess.RELEASE_ID.name(),
                        RELEASE.id().toString(),
                        RollBackReleaseProcess.ENVIRONMENT.name(),
                        "production"));
        ENGINE.runJob("startEvent_rollbackOpened");
        return rollback;
    }

    private static ProcessInstance undone() {
        ProcessInstance rollback = started();
        ENGINE.runJobs(
                "serviceTask_planRollback",
                ALL_STEPS,
                "serviceTask_undoStep",
                "serviceTask_undoStep",
                "serviceTask_verifyRestored");
        return rollback;
    }

    private static List<Object> decision(ProcessInstance rollback) {
        return ENGINE
                .engine()
                .getHistoryService()
                .createHistoricVariableInstanceQuery()
                .processInstanceId(rollback.getId())
                .variableName(RollBackReleaseProcess.ROLLBACK_DECISION.name())
                .list()
                .stream()
                // The task has an input of the same name; the gateway reads the one of the process.
                .filter(variable -> variable.getTaskId() == null)
                .map(HistoricVariableInstance::getValue)
                .toList();
    }
}
