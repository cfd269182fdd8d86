package io.slipway.platform.process;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;

/** Finds the outermost process instance above an execution, through all call levels. */
public final class RootInstance {

    private RootInstance() {}

    /** Id of the instance that nobody called. */
    public static String idOf(DelegateExecution execution) {
        return ((ExecutionEntity) execution).getRootProcessInstanceId();
    }
}
