package io.slipway.platform.process;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;

/** A process that stands in for the spine: it calls one process, and catches the error with which that may end. */
public final class Caller {

    /** Key of the process; name it as a stub of the extension. */
    public static final String KEY = "caller";

    /** Where it ends when the called process ends well. */
    public static final String ENDED = "endEvent_ended";

    /** Where it ends when the called process ends with the error. */
    public static final String CAUGHT = "endEvent_caught";

    private Caller() {}

    /** Deploys the caller of a process. */
    public static void deploy(ProcessEngine engine, String called, String errorCode) {
        BpmnModelInstance model = Bpmn.createExecutableProcess(KEY)
                .camundaHistoryTimeToLiveString("P1D")
                .startEvent()
                .callActivity("callActivity")
                .calledElement(called)
                .camundaInBusinessKey("#{execution.processBusinessKey}")
                .camundaIn("releaseId", "releaseId")
                .camundaIn("releaseClass", "releaseClass")
                .endEvent(ENDED)
                .moveToActivity("callActivity")
                .boundaryEvent("event_caught")
                .error(errorCode)
                .endEvent(CAUGHT)
                .done();
        engine.getRepositoryService()
                .createDeployment()
                .addModelInstance(KEY + ".bpmn", model)
                .deploy();
    }
}
