package io.slipway.platform.process;

import org.camunda.bpm.engine.delegate.DelegateTask;

/** A rule that every completion of every user task passes, whatever channel it comes through. */
public interface TaskRule {

    /**
     * Lets the completion pass or refuses it.
     *
     * @param task the task, with its handler's inputs already set
     * @param handler the code behind the task
     * @param submission who completes it with which inputs
     * @throws TaskRefused with one sentence that names the remedy
     */
    void check(DelegateTask task, UserTaskHandler handler, Submission submission);
}
