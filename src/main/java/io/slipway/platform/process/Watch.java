package io.slipway.platform.process;

import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.ExternalTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.beans.factory.ObjectProvider;

/** Puts the built-in listeners on every process, step and user task of every model that is parsed. */
final class Watch extends AbstractBpmnParseListener {

    private final ObjectProvider<UserTasks> tasks;
    private final ObjectProvider<StartRule> startRules;
    private final ObjectProvider<StepObserver> observers;
    private final ObjectProvider<EngineAccess> access;

    Watch(
            ObjectProvider<UserTasks> tasks,
            ObjectProvider<StartRule> startRules,
            ObjectProvider<StepObserver> observers,
            ObjectProvider<EngineAccess> access) {
        this.tasks = tasks;
        this.startRules = startRules;
        this.observers = observers;
        this.access = access;
    }

    @Override
    public void parseRootElement(Element root, List<ProcessDefinitionEntity> definitions) {
        for (ProcessDefinitionEntity definition : definitions) {
            definition.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener) execution -> {
                boolean called = ((ExecutionEntity) execution).getSuperExecution() != null;
                startRules.orderedStream().forEach(rule -> rule.check(execution, called));
            });
            definition.getTaskDefinitions().values().forEach(this::watch);
            watchSteps(definition);
        }
    }

    private void watch(TaskDefinition task) {
        Set<Expression> drawn = Set.copyOf(task.getCandidateGroupIdExpressions());
        task.getCandidateGroupIdExpressions().clear();
        drawn.forEach(groups -> task.addCandidateGroupIdExpression(new GroupsOfTheSystem(groups, tasks)));
        task.addBuiltInTaskListener(
                TaskListener.EVENTNAME_CREATE, created -> tasks.getObject().prepare(created));
        task.addBuiltInTaskListener(TaskListener.EVENTNAME_UPDATE, updated -> tasks.getObject()
                .checkChange(
                        updated, ((TaskEntity) updated).getPropertyChanges().keySet()));
        task.addBuiltInTaskListener(
                TaskListener.EVENTNAME_ASSIGNMENT, assigned -> tasks.getObject().checkClaim(assigned, task));
        task.addBuiltInTaskListener(
                TaskListener.EVENTNAME_COMPLETE, completed -> tasks.getObject().complete(completed, task));
    }

    private void watchSteps(ScopeImpl scope) {
        for (ActivityImpl activity : scope.getActivities()) {
            activity.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener)
                    execution -> observers.orderedStream().forEach(observer -> observer.entered(execution)));
            if (activity.getActivityBehavior() instanceof ExternalTaskActivityBehavior) {
                activity.addBuiltInListener(ExecutionListener.EVENTNAME_END, (ExecutionListener) execution -> {
                    if (!execution.isCanceled()) {
                        requireWorker(activity.getId());
                    }
                });
            }
            activity.addBuiltInListener(ExecutionListener.EVENTNAME_END, (ExecutionListener)
                    execution -> observers.orderedStream().forEach(observer -> observer.left(execution)));
            watchSteps(activity);
        }
    }

    private void requireWorker(String activity) {
        if (!access.getObject().person().filter(EngineAccess.WORKER::equals).isPresent()) {
            throw new TaskRefused("The step " + activity + " is done by Slipway's own workers and by nobody else.");
        }
    }
}
