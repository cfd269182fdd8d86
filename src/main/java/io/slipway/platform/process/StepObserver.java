package io.slipway.platform.process;

import org.camunda.bpm.engine.delegate.DelegateExecution;

/** Is told of every step that a process takes, in the transaction of the step. */
public interface StepObserver {

    /** An activity, event or gateway is entered. */
    default void entered(DelegateExecution execution) {}

    /** An activity, event or gateway is left. */
    default void left(DelegateExecution execution) {}

    /** A user task waits for people; its brief is written and its candidates are known. */
    default void opened(org.camunda.bpm.engine.delegate.DelegateTask task, Brief brief) {}

    /** A person completed a user task; every rule was passed and the decision is recorded. */
    default void decided(org.camunda.bpm.engine.delegate.DelegateTask task, Submission submission) {}
}
