package io.slipway.communication.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;
import java.util.Date;

/** What code knows of {@code bpmn/communication/announce-delay.bpmn}. */
public final class AnnounceDelayProcess {

    public static final String KEY = "announce-delay";

    /** Id of the release that this process belongs to. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    /** Number of the delay. */
    public static final ProcessVariable<String> DELAY_ID = ProcessVariable.of("delayId", String.class);

    /** Until when the draft has to be confirmed before the deputies are told. */
    public static final ProcessVariable<Date> UPDATE_DUE_AT = ProcessVariable.of("updateDueAt", Date.class);

    /** When the next update is promised. */
    public static final ProcessVariable<Date> NEXT_UPDATE_AT = ProcessVariable.of("nextUpdateAt", Date.class);

    /** SEND, or anything else when nobody is told. */
    public static final ProcessVariable<String> UPDATE_DECISION = ProcessVariable.of("updateDecision", String.class);

    /** LATE, or anything else when it is over. */
    public static final ProcessVariable<String> DELAY_VERDICT = ProcessVariable.of("delayVerdict", String.class);

    private AnnounceDelayProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        DELAY_FOUND("startEvent_delayFound"),
        DRAFT("gateway_draft"),
        CONFIRM_UPDATE("userTask_confirmUpdate"),
        UPDATE_OVERDUE("event_updateOverdue"),
        ESCALATE_UPDATE("serviceTask_escalateUpdate"),
        UPDATE_ESCALATED("endEvent_updateEscalated"),
        IS_CONFIRMED("gateway_isConfirmed"),
        DELAY_DISMISSED("endEvent_delayDismissed"),
        SEND_UPDATE("serviceTask_sendUpdate"),
        NEXT_UPDATE("event_nextUpdate"),
        REVIEW_DELAY("serviceTask_reviewDelay"),
        IS_STILL_LATE("gateway_isStillLate"),
        DELAY_OVER("endEvent_delayOver");

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
