package io.slipway.schedule.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;

/** What code knows of {@code bpmn/schedule/schedule-release.bpmn}. */
public final class ScheduleReleaseProcess {

    public static final String KEY = "schedule-release";

    /** Id of the release that this process belongs to. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    /** MAJOR, MINOR or EMERGENCY. */
    public static final ProcessVariable<String> RELEASE_CLASS = ProcessVariable.of("releaseClass", String.class);

    /** FREE, or anything else when it is not. */
    public static final ProcessVariable<String> WINDOW_VERDICT = ProcessVariable.of("windowVerdict", String.class);

    private ScheduleReleaseProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        SCHEDULING_OPENED("startEvent_schedulingOpened"),
        IS_EMERGENCY("gateway_isEmergency"),
        PROPOSE("gateway_propose"),
        PROPOSE_WINDOW("userTask_proposeWindow"),
        CHECK_WINDOW("serviceTask_checkWindow"),
        IS_WINDOW_FREE("gateway_isWindowFree"),
        PLANNED("gateway_planned"),
        PLAN_WINDOW("serviceTask_planWindow"),
        WINDOW_PLANNED("endEvent_windowPlanned"),
        OPEN_EMERGENCY_WINDOW("serviceTask_openEmergencyWindow");

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
