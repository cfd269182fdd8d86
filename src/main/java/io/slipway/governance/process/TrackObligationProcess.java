package io.slipway.governance.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;

/** What code knows of {@code bpmn/governance/track-obligation.bpmn}. */
public final class TrackObligationProcess {

    public static final String KEY = "track-obligation";

    /** The message that ends it when the obligation was fulfilled by another way than its task. */
    public static final String FULFILLED = "governance.obligationFulfilled";

    /** Key of the obligation. */
    public static final ProcessVariable<String> OBLIGATION_KEY = ProcessVariable.of("obligationKey", String.class);

    /** Group whose members owe it. */
    public static final ProcessVariable<String> OWNER_GROUP = ProcessVariable.of("ownerGroup", String.class);

    /** When the owner is reminded, as ISO 8601 in UTC. */
    public static final ProcessVariable<String> REMINDER_AT = ProcessVariable.of("reminderAt", String.class);

    /** When it is due, as ISO 8601 in UTC. */
    public static final ProcessVariable<String> OBLIGATION_DUE = ProcessVariable.of("obligationDue", String.class);

    private TrackObligationProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        OBLIGATION_OPENED("startEvent_obligationOpened"),
        FULFIL_OBLIGATION("userTask_fulfilObligation"),
        OBLIGATION_FULFILLED("endEvent_obligationFulfilled"),
        REMINDER_DUE("event_reminderDue"),
        OBLIGATION_DUE("event_obligationDue"),
        FULFILLED_ELSEWHERE("event_fulfilledElsewhere"),
        ENDED_ELSEWHERE("endEvent_fulfilledElsewhere"),
        REPORT_OVERDUE("serviceTask_reportOverdue"),
        OVERDUE_REPORTED("endEvent_overdueReported"),
        REMIND_OWNER("serviceTask_remindOwner"),
        OWNER_REMINDED("endEvent_ownerReminded");

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
