package io.slipway.quality.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;

/** What code knows of {@code bpmn/quality/triage-finding.bpmn}. */
public final class TriageFindingProcess {

    public static final String KEY = "triage-finding";

    /** Number of the finding. */
    public static final ProcessVariable<String> FINDING = ProcessVariable.of("finding", String.class);

    /** CONFIRM or REJECT. */
    public static final ProcessVariable<String> CONFIRM_DECISION = ProcessVariable.of("confirmDecision", String.class);

    private TriageFindingProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        TRIAGE_ASKED("startEvent_triageAsked"),
        TRIAGE("gateway_triage"),
        TRIAGE_FINDING("userTask_triageFinding"),
        CONFIRM_TRIAGE("userTask_confirmTriage"),
        IS_CONFIRMED("gateway_isConfirmed"),
        FINDING_TRIAGED("endEvent_findingTriaged");

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
