package io.slipway.platform.process;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.camunda.bpm.engine.impl.batch.RestartProcessInstancesBatchCmd;
import org.camunda.bpm.engine.impl.cmd.AddCommentCmd;
import org.camunda.bpm.engine.impl.cmd.AddGroupIdentityLinkCmd;
import org.camunda.bpm.engine.impl.cmd.AddUserIdentityLinkCmd;
import org.camunda.bpm.engine.impl.cmd.CorrelateAllMessageCmd;
import org.camunda.bpm.engine.impl.cmd.CorrelateMessageCmd;
import org.camunda.bpm.engine.impl.cmd.CreateAttachmentCmd;
import org.camunda.bpm.engine.impl.cmd.DelegateTaskCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteIdentityLinkCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.EvaluateStartConditionCmd;
import org.camunda.bpm.engine.impl.cmd.FetchExternalTasksCmd;
import org.camunda.bpm.engine.impl.cmd.HandleExternalTaskCmd;
import org.camunda.bpm.engine.impl.cmd.HandleTaskBpmnErrorCmd;
import org.camunda.bpm.engine.impl.cmd.HandleTaskEscalationCmd;
import org.camunda.bpm.engine.impl.cmd.MessageEventReceivedCmd;
import org.camunda.bpm.engine.impl.cmd.PatchTaskVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.RemoveTaskVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.ResolveTaskCmd;
import org.camunda.bpm.engine.impl.cmd.RestartProcessInstancesCmd;
import org.camunda.bpm.engine.impl.cmd.SaveAttachmentCmd;
import org.camunda.bpm.engine.impl.cmd.SetTaskVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.SignalCmd;
import org.camunda.bpm.engine.impl.cmd.SignalEventReceivedCmd;
import org.camunda.bpm.engine.impl.cmd.TelemetryConfigureCmd;
import org.camunda.bpm.engine.impl.cmd.UpdateCommentCmd;
import org.camunda.bpm.engine.impl.cmd.batch.CorrelateAllMessageBatchCmd;
import org.camunda.bpm.engine.impl.cmd.batch.variables.SetVariablesToProcessInstancesBatchCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Closes the engine's ways around a task, a message and an external task, for every channel that leads to the engine.
 *
 * <p>Whoever may work on a user task could end it with an error of his choice, rewrite what others read in it or offer it to others;
 * whoever may steer an instance could send the messages that only our own services send, or report an outcome of external work.
 */
final class DecidedByOwnWays extends CommandInterceptor {

    private static final String DECIDED = "A task is decided by completing its form, and not by an error, an escalation"
            + " or a delegate; please claim and complete it.";
    private static final String READ =
            "What a task tells is written by Slipway alone, so that everybody reads the same;"
                    + " please hand in what you have to say with the form.";
    private static final String OFFERED =
            "Who may take a task follows from its model and from the roles; please ask for the role instead.";
    private static final String SENT = "Messages and signals are sent by Slipway alone;"
            + " please ask for what you want on the page of the release.";
    private static final String WORKED = "The work behind external tasks is done by Slipway's own workers and by nobody"
            + " else; to have it tried again, please increase the retries of the task.";

    private static final String SAID =
            "Comments are written on the page of the release, where everybody who works on it reads them;"
                    + " please write it there.";
    private static final String ATTACHED =
            "Files are handed in on the page of the release, where they are checked; please hand it in there.";
    private static final String ENDED =
            "A process that was begun is not begun again, since its records tell of one run; please request a new release.";
    private static final String CONFIGURED = "The engine is configured by the settings of the program alone.";

    /** Refused to everybody, the system included: none of it leaves a record of ours. */
    private static final Map<Class<?>, String> CLOSED = Map.of(
            HandleTaskBpmnErrorCmd.class, DECIDED,
            HandleTaskEscalationCmd.class, DECIDED,
            DelegateTaskCmd.class, DECIDED,
            ResolveTaskCmd.class, DECIDED);

    /** Refused to persons; with it, whatever extends it. */
    private static final Map<Class<?>, String> NOT_FOR_PERSONS = notForPersons();

    private final ObjectProvider<EngineAccess> access;

    DecidedByOwnWays(ObjectProvider<EngineAccess> access) {
        this.access = access;
    }

    @Override
    public <T> T execute(Command<T> command) {
        String closed = CLOSED.get(command.getClass());
        if (closed != null) {
            throw new TaskRefused(closed);
        }
        NOT_FOR_PERSONS.forEach((type, because) -> {
            if (type.isInstance(command) && caller(caller -> !caller.equals(EngineAccess.WORKER))) {
                throw new TaskRefused(because);
            }
        });
        boolean work = command instanceof FetchExternalTasksCmd || command instanceof HandleExternalTaskCmd;
        if (work && !caller(EngineAccess.WORKER::equals)) {
            throw new TaskRefused(WORKED);
        }
        return next.execute(command);
    }

    private boolean caller(Predicate<String> kind) {
        return access.getObject().person().filter(kind).isPresent();
    }

    @SuppressWarnings("deprecation")
    private static Map<Class<?>, String> notForPersons() {
        Map<Class<?>, String> commands = new LinkedHashMap<>();
        commands.put(SetTaskVariablesCmd.class, READ);
        commands.put(PatchTaskVariablesCmd.class, READ);
        commands.put(RemoveTaskVariablesCmd.class, READ);
        commands.put(SetVariablesToProcessInstancesBatchCmd.class, READ);
        commands.put(AddUserIdentityLinkCmd.class, OFFERED);
        commands.put(AddGroupIdentityLinkCmd.class, OFFERED);
        commands.put(DeleteIdentityLinkCmd.class, OFFERED);
        commands.put(DeleteTaskCmd.class, DECIDED);
        commands.put(AddCommentCmd.class, SAID);
        commands.put(UpdateCommentCmd.class, SAID);
        commands.put(CreateAttachmentCmd.class, ATTACHED);
        commands.put(SaveAttachmentCmd.class, ATTACHED);
        commands.put(RestartProcessInstancesCmd.class, ENDED);
        commands.put(RestartProcessInstancesBatchCmd.class, ENDED);
        commands.put(TelemetryConfigureCmd.class, CONFIGURED);
        commands.put(MessageEventReceivedCmd.class, SENT);
        commands.put(CorrelateMessageCmd.class, SENT);
        commands.put(CorrelateAllMessageCmd.class, SENT);
        commands.put(CorrelateAllMessageBatchCmd.class, SENT);
        commands.put(SignalCmd.class, SENT);
        commands.put(SignalEventReceivedCmd.class, SENT);
        commands.put(EvaluateStartConditionCmd.class, SENT);
        return commands;
    }
}
