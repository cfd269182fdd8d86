package io.slipway.scope.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;
import io.slipway.scope.Assumptions;
import java.util.Date;

/** What code knows of {@code bpmn/scope/verify-assumption.bpmn}. */
public final class VerifyAssumptionProcess {

    public static final String KEY = "verify-assumption";

    /** Id of the release that this process belongs to. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    /** Number of the assumption in its release. */
    public static final ProcessVariable<Integer> ASSUMPTION_NUMBER =
            ProcessVariable.of("assumptionNumber", Integer.class);

    /** WAIT, ASK or ENDED. */
    public static final ProcessVariable<String> ASSUMPTION_NEXT = ProcessVariable.of("assumptionNext", String.class);

    /** When it is checked again. */
    public static final ProcessVariable<Date> ASSUMPTION_CHECK_AT = ProcessVariable.of("assumptionCheckAt", Date.class);

    /** Message that the assumption was answered or withdrawn by another way than its task. */
    public static final String ANSWERED = Assumptions.ANSWERED;

    private VerifyAssumptionProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        ASSUMPTION_DECLARED("startEvent_assumptionDeclared"),
        CHECK("gateway_check"),
        CHECK_ASSUMPTION("serviceTask_checkAssumption"),
        IS_CERTAIN("gateway_isCertain"),
        CONFIRM_ASSUMPTION("userTask_confirmAssumption"),
        ANSWERED_ELSEWHERE("event_answeredElsewhere"),
        JOIN_ANSWERS("gateway_answered"),
        CHECK_DUE("event_checkDue"),
        ASSUMPTION_ENDED("endEvent_assumptionEnded");

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
