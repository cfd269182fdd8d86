package io.slipway.platform.process;

import org.camunda.bpm.engine.delegate.DelegateTask;

/** A rule that is asked when a person is to take a task: whoever could not decide it shall not hold it. */
public interface ClaimRule {

    /**
     * Lets the person take the task or refuses it.
     *
     * @throws TaskRefused with one sentence that names the remedy
     */
    void checkClaim(DelegateTask task, UserTaskHandler handler, String person);
}
