package io.slipway.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.platform.process.Submission;
import io.slipway.release.AuditTrail;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.junit.jupiter.api.Test;

@Capability("8.2")
class StepAuditTest {

    private final Release release = ReleaseFixture.in(ReleaseState.AWAITING_APPROVAL, ReleaseFixture.storefront240());
    private final List<AuditTrail.Entry> entries = new ArrayList<>();
    private final StepAudit audit = new StepAudit(entries::add, ReleaseFixture.scopeOf(release));
    private final BpmnModelInstance model = Bpmn.createExecutableProcess("approve-change")
            .startEvent("startEvent_opened")
            .serviceTask("serviceTask_openChange")
            .businessRuleTask("businessRuleTask_requirements")
            .camundaResultVariable("approvalGroups")
            .userTask("userTask_approveChange")
            .exclusiveGateway("gateway_isApproved")
            .endEvent()
            .done();

    private DelegateExecution at(String element) {
        DelegateExecution execution = mock(DelegateExecution.class);
        when(execution.getBpmnModelElementInstance()).thenReturn(model.<FlowElement>getModelElementById(element));
        when(execution.getProcessDefinitionId()).thenReturn("approve-change:3:4711");
        when(execution.getVariable("approvalGroups")).thenReturn(List.of("security", "dba"));
        return execution;
    }

    @Test
    void tellsWhichStepOfWhichVersionWasLeftAndWhereTheReleaseStood() {
        audit.left(at("serviceTask_openChange"));

        assertThat(entries)
                .containsExactly(AuditTrail.Entry.of(
                        release.id(),
                        "step.leave",
                        "approve-change:3/serviceTask_openChange",
                        Map.of("state", "AWAITING_APPROVAL"),
                        Map.of("state", "AWAITING_APPROVAL", "onHold", false)));
    }

    @Test
    void tellsWhatADecisionTableDecided() {
        audit.left(at("businessRuleTask_requirements"));

        assertThat(entries.get(0).after().get("decided")).isEqualTo("[security, dba]");
    }

    @Test
    void tellsWhenAStepWasGivenUp() {
        DelegateExecution execution = at("userTask_approveChange");
        when(execution.isCanceled()).thenReturn(true);

        audit.left(execution);

        assertThat(entries).extracting(AuditTrail.Entry::action).containsExactly("step.cancel");
    }

    @Test
    void passesOverEventsAndGateways() {
        audit.left(at("startEvent_opened"));
        audit.left(at("gateway_isApproved"));

        assertThat(entries).isEmpty();
    }

    @Test
    void tellsWhoDecidedWhatWithTheDeclaredInputs() {
        DelegateExecution execution = at("userTask_approveChange");
        DelegateTask task = mock(DelegateTask.class);
        when(task.getExecution()).thenReturn(execution);
        when(task.getProcessDefinitionId()).thenReturn("approve-change:3:4711");
        when(task.getTaskDefinitionKey()).thenReturn("userTask_approveChange");

        audit.decided(
                task,
                Submission.of("p-carla", Map.of("approvalDecision", "REJECT", "approvalReason", "${7*7} no way back")));

        assertThat(entries).singleElement().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo("step.decide");
            assertThat(entry.subject()).isEqualTo("approve-change:3/userTask_approveChange");
            assertThat(entry.after().get("person")).isEqualTo("p-carla");
            assertThat(entry.after().get("inputs"))
                    .isEqualTo(Map.of("approvalDecision", "REJECT", "approvalReason", "${7*7} no way back"));
        });
    }
}
