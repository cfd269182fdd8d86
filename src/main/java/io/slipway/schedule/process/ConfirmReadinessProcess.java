package io.slipway.schedule.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;
import java.util.Date;
import java.util.List;

/** What code knows of {@code bpmn/schedule/confirm-readiness.bpmn}. */
public final class ConfirmReadinessProcess {

    public static final String KEY = "confirm-readiness";

    /** The deployer has decided against going live in this window. */
    public static final String NO_GO = "NO_GO";

    /** Id of the release that this process belongs to. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    /** Start of the planned window. */
    public static final ProcessVariable<Date> WINDOW_START = ProcessVariable.of("windowStart", Date.class);

    /** Groups that say whether they are ready. */
    @SuppressWarnings("rawtypes")
    public static final ProcessVariable<List> READINESS_FUNCTIONS =
            ProcessVariable.of("readinessFunctions", List.class);

    /** The group that is asked in one of the parallel tasks. */
    public static final ProcessVariable<String> READINESS_FUNCTION =
            ProcessVariable.of("readinessFunction", String.class);

    /** GO or NO_GO. */
    public static final ProcessVariable<String> GO_DECISION = ProcessVariable.of("goDecision", String.class);

    private ConfirmReadinessProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        READINESS_OPENED("startEvent_readinessOpened"),
        OPEN_READINESS("serviceTask_openReadiness"),
        WINDOW_OPENS("event_windowOpens"),
        CONFIRM_READINESS("userTask_confirmReadiness"),
        ACCEPT_GO("userTask_acceptGo"),
        CONCLUDE_READINESS("serviceTask_concludeReadiness"),
        IS_GO("gateway_isGo"),
        GO("endEvent_go"),
        NO_GO("endEvent_noGo");

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
