package io.slipway.platform.process;

import java.util.Set;
import org.camunda.bpm.engine.impl.cmd.DelegateTaskCmd;
import org.camunda.bpm.engine.impl.cmd.FetchExternalTasksCmd;
import org.camunda.bpm.engine.impl.cmd.HandleExternalTaskCmd;
import org.camunda.bpm.engine.impl.cmd.HandleTaskBpmnErrorCmd;
import org.camunda.bpm.engine.impl.cmd.HandleTaskEscalationCmd;
import org.camunda.bpm.engine.impl.cmd.ResolveTaskCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Closes the engine's ways around a task. Whoever may work on a user task could end it with an error or an escalation of his choice,
 * past its form, its rules and its record, or hand in variables by resolving what was never delegated. Whoever may steer an instance
 * could take an external task away from the workers and report an outcome of it.
 */
final class DecidedByOwnWays extends CommandInterceptor {

    private static final Set<Class<?>> AROUND_A_TASK = Set.of(
            HandleTaskBpmnErrorCmd.class, HandleTaskEscalationCmd.class, DelegateTaskCmd.class, ResolveTaskCmd.class);

    private final ObjectProvider<EngineAccess> access;

    DecidedByOwnWays(ObjectProvider<EngineAccess> access) {
        this.access = access;
    }

    @Override
    public <T> T execute(Command<T> command) {
        if (AROUND_A_TASK.contains(command.getClass())) {
            throw new TaskRefused(
                    "A task is decided by completing its form, and not by an error, an escalation or a delegate;"
                            + " please claim and complete it.");
        }
        boolean work = command instanceof FetchExternalTasksCmd || command instanceof HandleExternalTaskCmd;
        if (work
                && access.getObject()
                        .person()
                        .filter(EngineAccess.WORKER::equals)
                        .isEmpty()) {
            throw new TaskRefused("The work behind external tasks is done by Slipway's own workers and by nobody else;"
                    + " to have it tried again, please increase the retries of the task.");
        }
        return next.execute(command);
    }
}
