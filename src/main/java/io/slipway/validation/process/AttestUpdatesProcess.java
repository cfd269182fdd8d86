package io.slipway.validation.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;

/** What code knows of {@code bpmn/validation/attest-updates.bpmn}. */
public final class AttestUpdatesProcess {

    public static final String KEY = "attest-updates";

    /** Id of the release that this process belongs to. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    private AttestUpdatesProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        UPDATES_REQUIRED("startEvent_updatesRequired"),
        ATTEST_UPDATES("userTask_attestUpdates"),
        UPDATES_ATTESTED("endEvent_updatesAttested");

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
