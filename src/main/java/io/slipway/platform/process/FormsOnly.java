package io.slipway.platform.process;

import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.impl.FormServiceImpl;
import org.camunda.bpm.engine.impl.TaskServiceImpl;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.variable.VariableMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Makes every completion of a task the submission of its form: its variables must be inputs of the task, and they are written to the
 * task alone. The engine's plain completion would write whatever it is given into the process.
 */
final class FormsOnly {

    private FormsOnly() {}

    /** Looks at what is handed in, and goes on as the engine does. */
    private record Submit(
            ObjectProvider<UserTasks> tasks,
            String task,
            @Nullable Map<String, Object> given,
            boolean answered,
            boolean deserialized)
            implements Command<VariableMap> {

        @Override
        public @Nullable VariableMap execute(CommandContext context) {
            TaskEntity open = context.getTaskManager().findTaskById(task);
            if (open == null) {
                throw new TaskRefused(LostRaces.DECIDED);
            }
            if (open.getProcessDefinitionId() != null) {
                Set<String> names = given == null ? Set.of() : given.keySet();
                tasks.getObject()
                        .checkInputs(ProcessKeys.of(open.getProcessDefinitionId()), open.getTaskDefinitionKey(), names);
            }
            return new SubmitTaskFormCmd(task, given, answered, deserialized).execute(context);
        }
    }

    /** The engine's service for tasks. */
    static final class Tasks extends TaskServiceImpl {

        private final ObjectProvider<UserTasks> tasks;

        Tasks(ObjectProvider<UserTasks> tasks) {
            this.tasks = tasks;
        }

        @Override
        public void complete(String taskId) {
            complete(taskId, null);
        }

        @Override
        public void complete(String taskId, @Nullable Map<String, Object> variables) {
            commandExecutor.execute(new Submit(tasks, taskId, variables, false, false));
        }

        @Override
        public VariableMap completeWithVariablesInReturn(
                String taskId, @Nullable Map<String, Object> variables, boolean deserializeValues) {
            return commandExecutor.execute(new Submit(tasks, taskId, variables, true, deserializeValues));
        }
    }

    /** The engine's service for forms. */
    static final class Forms extends FormServiceImpl {

        private final ObjectProvider<UserTasks> tasks;

        Forms(ObjectProvider<UserTasks> tasks) {
            this.tasks = tasks;
        }

        @Override
        @SuppressWarnings({"deprecation", "unchecked", "rawtypes"})
        public void submitTaskFormData(String taskId, Map<String, String> properties) {
            submitTaskForm(taskId, (Map) properties);
        }

        @Override
        public void submitTaskForm(String taskId, @Nullable Map<String, Object> properties) {
            commandExecutor.execute(new Submit(tasks, taskId, properties, false, false));
        }

        @Override
        public VariableMap submitTaskFormWithVariablesInReturn(
                String taskId, @Nullable Map<String, Object> properties, boolean deserializeValues) {
            return commandExecutor.execute(new Submit(tasks, taskId, properties, true, deserializeValues));
        }
    }
}
