package io.slipway.platform.process;

import io.slipway.platform.text.Beginning;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.EntityTypes;
import org.camunda.bpm.engine.history.UserOperationLogEntry;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.history.event.HistoricDetailEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricProcessInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricVariableUpdateEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;
import org.camunda.bpm.engine.impl.history.event.UserOperationLogEntryEventEntity;
import org.camunda.bpm.engine.impl.history.handler.HistoryEventHandler;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Stands beside the engine's own log of what people do and passes on what Slipway tells nowhere else, while it happens: the engine writes
 * that log for a signed-in person only, and what our own code does in the engine it does without one.
 */
final class Interventions implements HistoryEventHandler {

    private static final int LONGEST_VALUE = 200;
    private static final int LONGEST_SUBJECT = 255;

    /** What our own code keeps entries of: completed forms, started processes, roles. Lists of tasks are nobody else's concern. */
    private static final Set<String> TOLD_ELSEWHERE = Set.of(
            named(EntityTypes.TASK, UserOperationLogEntry.OPERATION_TYPE_COMPLETE),
            named(EntityTypes.PROCESS_INSTANCE, UserOperationLogEntry.OPERATION_TYPE_CREATE),
            named(EntityTypes.GROUP_MEMBERSHIP, UserOperationLogEntry.OPERATION_TYPE_CREATE),
            named(EntityTypes.GROUP_MEMBERSHIP, UserOperationLogEntry.OPERATION_TYPE_DELETE),
            named(EntityTypes.FILTER, UserOperationLogEntry.OPERATION_TYPE_CREATE),
            named(EntityTypes.FILTER, UserOperationLogEntry.OPERATION_TYPE_UPDATE),
            named(EntityTypes.FILTER, UserOperationLogEntry.OPERATION_TYPE_DELETE));

    private final ObjectProvider<InterventionObserver> observers;

    Interventions(ObjectProvider<InterventionObserver> observers) {
        this.observers = observers;
    }

    @Override
    public void handleEvents(List<HistoryEvent> events) {
        events.forEach(this::handleEvent);
    }

    @Override
    public void handleEvent(HistoryEvent event) {
        if (event instanceof UserOperationLogEntryEventEntity entry
                && !EngineAccess.WORKER.equals(entry.getUserId())
                && !TOLD_ELSEWHERE.contains(named(entry.getEntityType(), entry.getOperationType()))) {
            tell(of(entry));
        } else if (event instanceof HistoricProcessInstanceEventEntity instance
                && event.isEventOfType(HistoryEventTypes.PROCESS_INSTANCE_MIGRATE)) {
            // The engine's own log names no instance of a migration.
            tell(new Intervention(
                    UserOperationLogEntry.OPERATION_TYPE_MIGRATE,
                    "process instance of " + model(instance.getProcessDefinitionId()),
                    Optional.ofNullable(instance.getRootProcessInstanceId()),
                    List.of(),
                    Map.of(),
                    Map.of("processDefinition", model(instance.getProcessDefinitionId()))));
        }
    }

    private void tell(Intervention intervention) {
        observers.orderedStream().forEach(observer -> observer.intervened(intervention));
    }

    private static Intervention of(UserOperationLogEntryEventEntity entry) {
        CommandContext context = Context.getCommandContext();
        boolean variable = EntityTypes.VARIABLE.equals(entry.getEntityType());
        return new Intervention(
                entry.getOperationType(),
                subject(entry, context),
                root(entry, context),
                variable ? variables(entry, context) : List.of(),
                variable ? Map.of() : fact(entry.getProperty(), entry.getOrgValue()),
                variable ? Map.of() : fact(entry.getProperty(), entry.getNewValue()));
    }

    private static String subject(UserOperationLogEntryEventEntity entry, CommandContext context) {
        StringBuilder subject = new StringBuilder(entry.getEntityType());
        TaskEntity task =
                entry.getTaskId() == null ? null : context.getTaskManager().findTaskById(entry.getTaskId());
        if (task != null) {
            subject.append(' ').append(task.getTaskDefinitionKey());
        }
        String definition = entry.getProcessDefinitionId();
        if (definition != null) {
            subject.append(" of ").append(model(definition));
        } else if (entry.getProcessDefinitionKey() != null) {
            subject.append(" of ").append(entry.getProcessDefinitionKey());
        }
        return Beginning.of(subject.toString(), LONGEST_SUBJECT);
    }

    /** The engine's id of a definition is {@code key:version:id}; the id tells nobody anything. */
    private static String model(String definition) {
        return definition.contains(":") ? definition.substring(0, definition.lastIndexOf(':')) : definition;
    }

    /** An instance that is gone already, because it was deleted, is found in the history. */
    private static Optional<String> root(UserOperationLogEntryEventEntity entry, CommandContext context) {
        if (entry.getRootProcessInstanceId() != null || entry.getProcessInstanceId() == null) {
            return Optional.ofNullable(entry.getRootProcessInstanceId());
        }
        return Optional.ofNullable(context.getHistoricProcessInstanceManager()
                        .findHistoricProcessInstance(entry.getProcessInstanceId()))
                .map(found -> found.getRootProcessInstanceId());
    }

    /**
     * The log tells that variables were edited, and the history of the variables, which waits to be written, tells which. The cache knows
     * it by its most general type only.
     */
    private static List<String> variables(UserOperationLogEntryEventEntity entry, CommandContext context) {
        if ("name".equals(entry.getProperty()) && entry.getNewValue() != null) {
            return List.of(entry.getNewValue());
        }
        return context
                .getDbEntityManager()
                .getDbEntityCache()
                .getEntitiesByType(HistoricDetailEventEntity.class)
                .stream()
                .filter(HistoricVariableUpdateEventEntity.class::isInstance)
                .map(HistoricVariableUpdateEventEntity.class::cast)
                .filter(update -> entry.getOperationId().equals(update.getUserOperationId()))
                .map(update -> update.getVariableName() + " " + kind(update))
                .distinct()
                .sorted()
                .toList();
    }

    private static String kind(HistoricVariableUpdateEventEntity update) {
        if (update.isEventOfType(HistoryEventTypes.VARIABLE_INSTANCE_CREATE)) {
            return "set";
        }
        return update.isEventOfType(HistoryEventTypes.VARIABLE_INSTANCE_DELETE) ? "removed" : "changed";
    }

    private static Map<String, String> fact(@Nullable String property, @Nullable String value) {
        return property == null || value == null ? Map.of() : Map.of(property, Beginning.of(value, LONGEST_VALUE));
    }

    private static String named(String entity, String operation) {
        return entity + "/" + operation;
    }
}
