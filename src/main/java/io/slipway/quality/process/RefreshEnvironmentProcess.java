package io.slipway.quality.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;

/** What code knows of {@code bpmn/quality/refresh-environment.bpmn}. */
public final class RefreshEnvironmentProcess {

    public static final String KEY = "refresh-environment";

    /** Number of the refresh. */
    public static final ProcessVariable<String> REFRESH = ProcessVariable.of("refresh", String.class);

    /** Whether nothing of production can be recognised in the clone, so that the environment was scored. */
    public static final ProcessVariable<Boolean> CLONE_CLEAN = ProcessVariable.of("cloneClean", Boolean.class);

    private RefreshEnvironmentProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        REFRESH_BEGUN("startEvent_refreshBegun"),
        CLONE("gateway_clone"),
        RESTORE_CLONE("userTask_restoreClone"),
        SCORE_FIDELITY("serviceTask_scoreFidelity"),
        IS_CLEAN("gateway_isClean"),
        ENVIRONMENT_REFRESHED("endEvent_environmentRefreshed");

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
