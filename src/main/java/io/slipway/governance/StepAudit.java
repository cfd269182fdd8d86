package io.slipway.governance;

import io.slipway.platform.process.StepObserver;
import io.slipway.platform.process.Submission;
import io.slipway.release.AuditTrail;
import io.slipway.release.Release;
import io.slipway.release.ReleaseScope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.springframework.stereotype.Component;

/**
 * Leaves an audit entry for every step of every process that somebody or something worked at, in the transaction of the step: which
 * version of which model, where the release stood, and what was decided.
 */
@Component
class StepAudit implements StepObserver {

    private final AuditTrail audit;
    private final ReleaseScope scope;

    StepAudit(AuditTrail audit, ReleaseScope scope) {
        this.audit = audit;
        this.scope = scope;
    }

    /** A step that is given up, because a boundary event or a person took the token away, is told as cancelled. */
    @Override
    public void left(DelegateExecution execution) {
        FlowElement element = execution.getBpmnModelElementInstance();
        if (!(element instanceof ServiceTask || element instanceof UserTask || element instanceof BusinessRuleTask)) {
            return;
        }
        Optional<Release> release = scope.find(execution);
        Map<String, Object> after = facts(release);
        if (element instanceof BusinessRuleTask table && !execution.isCanceled()) {
            Object result = execution.getVariable(table.getCamundaResultVariable());
            after.put("decided", String.valueOf(result));
        }
        audit.record(new AuditTrail.Entry(
                release.map(Release::id),
                execution.isCanceled() ? "step.cancel" : "step.leave",
                subject(execution.getProcessDefinitionId(), element.getId()),
                before(release),
                after));
    }

    /** The declared inputs, as the person handed them in; nothing else of the task is kept. */
    @Override
    public void decided(DelegateTask task, Submission submission) {
        Optional<Release> release = scope.find(task.getExecution());
        Map<String, Object> after = facts(release);
        after.put("person", submission.person());
        after.put("inputs", submission.asText());
        audit.record(new AuditTrail.Entry(
                release.map(Release::id),
                "step.decide",
                subject(task.getProcessDefinitionId(), task.getTaskDefinitionKey()),
                before(release),
                after));
    }

    private static Map<String, Object> before(Optional<Release> release) {
        return release.<Map<String, Object>>map(
                        known -> Map.of("state", known.state().name()))
                .orElse(Map.of());
    }

    /** Where the release stood; a process that belongs to none has nothing to tell. */
    private static Map<String, Object> facts(Optional<Release> release) {
        Map<String, Object> facts = new LinkedHashMap<>();
        release.ifPresent(known -> {
            facts.put("state", known.state().name());
            facts.put("onHold", known.onHold());
        });
        return facts;
    }

    /** The engine's id of a definition is {@code key:version:id}; the id tells nobody anything. */
    private static String subject(String definition, String element) {
        return definition.substring(0, definition.lastIndexOf(':')) + "/" + element;
    }
}
