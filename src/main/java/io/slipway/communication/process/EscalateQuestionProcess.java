package io.slipway.communication.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;
import java.util.Date;

/** What code knows of {@code bpmn/communication/escalate-question.bpmn}. */
public final class EscalateQuestionProcess {

    public static final String KEY = "escalate-question";

    /** Message that leads to the next rung at once. */
    public static final String RAISED_AGAIN = "communication.questionRaised";

    /** Message that ends it, because no answer is needed any more. */
    public static final String WITHDRAWN = "communication.questionWithdrawn";

    /** Id of the release that this process belongs to. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    /** Number of the question. */
    public static final ProcessVariable<String> QUESTION_ID = ProcessVariable.of("questionId", String.class);

    /** Until when the rung that is asked has time. */
    public static final ProcessVariable<Date> RUNG_ENDS_AT = ProcessVariable.of("rungEndsAt", Date.class);

    private EscalateQuestionProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        QUESTION_RAISED("startEvent_questionRaised"),
        ASK("gateway_ask"),
        ASK_RUNG("serviceTask_askRung"),
        DECIDE_QUESTION("userTask_decideQuestion"),
        RAISED_AGAIN("event_raisedAgain"),
        RUNG_SILENT("event_rungSilent"),
        RETURN_DECISION("serviceTask_returnDecision"),
        QUESTION_DECIDED("endEvent_questionDecided"),
        WITHDRAW_QUESTION("subProcess_withdrawQuestion"),
        QUESTION_TAKEN_BACK("startEvent_questionTakenBack"),
        QUESTION_WITHDRAWN("endEvent_questionWithdrawn");

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
