package io.slipway.scope.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;

/** What code knows of {@code bpmn/scope/hand-over-development.bpmn}. */
public final class HandOverDevelopmentProcess {

    public static final String KEY = "hand-over-development";

    /** Id of the release that this process belongs to. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    /** Number of exit criteria that are not met. */
    public static final ProcessVariable<Integer> CRITERIA_OPEN = ProcessVariable.of("criteriaOpen", Integer.class);

    private HandOverDevelopmentProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        DEVELOPMENT_OPENED("startEvent_developmentOpened"),
        ATTEST("gateway_attest"),
        ATTEST_EXIT_CRITERIA("userTask_attestExitCriteria"),
        CHECK_EXIT_CRITERIA("serviceTask_checkExitCriteria"),
        IS_COMPLETE("gateway_isComplete"),
        DEVELOPMENT_HANDED_OVER("endEvent_developmentHandedOver");

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
