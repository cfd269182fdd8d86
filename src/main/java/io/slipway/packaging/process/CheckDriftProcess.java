package io.slipway.packaging.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;

/** What code knows of {@code bpmn/packaging/check-drift.bpmn}; it belongs to no release. */
public final class CheckDriftProcess {

    public static final String KEY = "check-drift";

    /** Time until the next look, as ISO 8601 writes it. */
    public static final ProcessVariable<String> DRIFT_PAUSE = ProcessVariable.of("driftPause", String.class);

    /** Whether there is a next look. */
    public static final ProcessVariable<Boolean> DRIFT_WATCHED = ProcessVariable.of("driftWatched", Boolean.class);

    private CheckDriftProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        WATCH_BEGUN("startEvent_watchBegun"),
        CHECK("gateway_check"),
        CHECK_DRIFT("serviceTask_checkDrift"),
        IS_WATCHED("gateway_isWatched"),
        WATCH_ENDED("endEvent_watchEnded"),
        NEXT_CHECK_DUE("event_nextCheckDue");

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
