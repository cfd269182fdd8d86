package io.slipway.platform.process;

import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;

/**
 * The code behind one user task of a model: it prepares what the person reads and records what the person decides.
 *
 * <p>It runs inside the engine, in the transaction that completes the task, so that Tasklist, REST and Java are equal. A user task
 * without a handler can be completed by nobody.
 */
public interface UserTaskHandler {

    /** Key of the process, such as {@code scope-release}. */
    String process();

    /** Id of the user task in that process, such as {@code userTask_confirmScope}. */
    String task();

    /** Names of the inputs that the form sends; each is local to the task and nothing else is read. */
    List<String> inputs();

    /** Those of the inputs from which several values are ticked; they start with none, because a checklist cannot start without a list. */
    default Set<String> lists() {
        return Set.of();
    }

    /** What the person reads before deciding; computed when the task is created. */
    Brief brief(DelegateTask task);

    /** Path of the page that tells more; the page of the release, unless a task is about something else. */
    default String page(DelegateTask task) {
        return "/releases/" + task.getExecution().getProcessBusinessKey();
    }

    /**
     * Validates the inputs, records the decision through the module's service and sets the facts that gateways need.
     *
     * @throws TaskRefused when the decision is not acceptable; the task stays open and nothing is kept
     */
    void complete(DelegateTask task, Submission submission);
}
