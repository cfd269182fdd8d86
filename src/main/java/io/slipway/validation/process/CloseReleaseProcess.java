package io.slipway.validation.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;

/** What code knows of {@code bpmn/validation/close-release.bpmn}. */
public final class CloseReleaseProcess {

    public static final String KEY = "close-release";

    /** Id of the release that this process belongs to. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    /** MAJOR, MINOR or EMERGENCY. */
    public static final ProcessVariable<String> RELEASE_CLASS = ProcessVariable.of("releaseClass", String.class);

    /** Number of closing conditions that are not met. */
    public static final ProcessVariable<Integer> OPEN_POINTS = ProcessVariable.of("openPoints", Integer.class);

    private CloseReleaseProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        CLOSING_OPENED("startEvent_closingOpened"),
        UPDATE_REGISTER("serviceTask_updateRegister"),
        PREDICATE("gateway_predicate"),
        EVALUATE_CLOSING("serviceTask_evaluateClosing"),
        MAY_CLOSE("gateway_mayClose"),
        IS_EMERGENCY("gateway_isEmergency"),
        SIGN("gateway_sign"),
        SIGN_CLOSURE("userTask_signClosure"),
        CLOSE_CHANGE("serviceTask_closeChange"),
        CLOSE_RELEASE("serviceTask_closeRelease"),
        RELEASE_CLOSED("endEvent_releaseClosed"),
        REVIEW_EMERGENCY("userTask_reviewEmergency"),
        RESOLVE_OPEN_POINTS("userTask_resolveOpenPoints");

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
