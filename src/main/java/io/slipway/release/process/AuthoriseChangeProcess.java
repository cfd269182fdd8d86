package io.slipway.release.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;

/** What code knows of {@code bpmn/release/authorise-change.bpmn}. */
public final class AuthoriseChangeProcess {

    public static final String KEY = "authorise-change";

    /** Id of the release that this process belongs to. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    /** MAJOR, MINOR or EMERGENCY. */
    public static final ProcessVariable<String> RELEASE_CLASS = ProcessVariable.of("releaseClass", String.class);

    private AuthoriseChangeProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        AUTHORISATION_OPENED("startEvent_authorisationOpened"),
        APPROVE_CHANGE("callActivity_approveChange"),
        CONFIRM_READINESS("callActivity_confirmReadiness"),
        AUTHORISED("endEvent_authorised");

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
