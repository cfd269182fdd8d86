package io.slipway.schedule.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;
import java.util.Date;

/** What code knows of {@code bpmn/schedule/confirm-staffing.bpmn}. */
public final class ConfirmStaffingProcess {

    public static final String KEY = "confirm-staffing";

    /** Id of the release that this process belongs to. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    /** Group of the role that is asked. */
    public static final ProcessVariable<String> STAFFING_FUNCTION =
            ProcessVariable.of("staffingFunction", String.class);

    /** Whether there is somebody left to ask. */
    public static final ProcessVariable<Boolean> PERSON_FOUND = ProcessVariable.of("personFound", Boolean.class);

    /** When the next one is asked if there is no answer. */
    public static final ProcessVariable<Date> ANSWER_DUE_AT = ProcessVariable.of("answerDueAt", Date.class);

    /** PRESENT, or anything else when the person is not there. */
    public static final ProcessVariable<String> PRESENCE_ANSWER = ProcessVariable.of("presenceAnswer", String.class);

    private ConfirmStaffingProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        STAFFING_ASKED("startEvent_staffingAsked"),
        ASK("gateway_ask"),
        ASK_PERSON("serviceTask_askPerson"),
        IS_PERSON_FOUND("gateway_isPersonFound"),
        CONFIRM_PRESENCE("userTask_confirmPresence"),
        ANSWER_OVERDUE("event_answerOverdue"),
        CONCLUDE_PRESENCE("serviceTask_concludePresence"),
        IS_PRESENT("gateway_isPresent"),
        PRESENCE_CONFIRMED("endEvent_presenceConfirmed"),
        BACKUP("gateway_backup"),
        FUNCTION_UNCOVERED("endEvent_functionUncovered");

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
