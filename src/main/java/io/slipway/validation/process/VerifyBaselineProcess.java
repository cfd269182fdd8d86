package io.slipway.validation.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;

/** What code knows of {@code bpmn/validation/verify-baseline.bpmn}. */
public final class VerifyBaselineProcess {

    public static final String KEY = "verify-baseline";

    /** Id of the release that this process belongs to. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    private VerifyBaselineProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        BASELINE_OPENED("startEvent_baselineOpened"),
        RUN_BASELINE("serviceTask_runBaseline"),
        BASELINE_KEPT("endEvent_baselineKept");

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
