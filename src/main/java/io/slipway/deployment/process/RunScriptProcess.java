package io.slipway.deployment.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;

/** What code knows of {@code bpmn/deployment/run-script.bpmn}. */
public final class RunScriptProcess {

    public static final String KEY = "run-script";

    /** Topic of the external task that runs the script. */
    public static final String RUN_SCRIPT_TOPIC = "deployment.runScript";

    /** Error of a script that failed. */
    public static final String SCRIPT_FAILED = "SCRIPT_FAILED";

    /** Id of the release that this process belongs to. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    /** Number of the run. */
    public static final ProcessVariable<String> SCRIPT_RUN = ProcessVariable.of("scriptRun", String.class);

    private RunScriptProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        SCRIPT_ASKED("startEvent_scriptAsked"),
        RUN_SCRIPT("serviceTask_runScript"),
        SCRIPT_FAILED("event_scriptFailed"),
        SCRIPT_DONE("endEvent_scriptDone"),
        SCRIPT_FAILED_END_EVENT("endEvent_scriptFailed");

        private final String id;

        Element(String id) {
            this.id = id;
        }

        @Override
        public String id() {
            return id;
        }
    }
}
