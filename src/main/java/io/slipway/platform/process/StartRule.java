package io.slipway.platform.process;

import org.camunda.bpm.engine.delegate.DelegateExecution;

/** A rule that every start of a process passes, also one that begins in the middle of a model. */
public interface StartRule {

    /**
     * Lets the process start or refuses it.
     *
     * @param start the first execution of the new instance
     * @param calledByProcess whether another process called it
     * @throws TaskRefused with one sentence
     */
    void check(DelegateExecution start, boolean calledByProcess);
}
