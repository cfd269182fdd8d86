package io.slipway.scope.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;
import java.util.List;

/** What code knows of {@code bpmn/scope/negotiate-trade-off.bpmn}. */
public final class NegotiateTradeOffProcess {

    public static final String KEY = "negotiate-trade-off";

    /** Id of the release that this process belongs to. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    /** Number of the trade-off in its release. */
    public static final ProcessVariable<Integer> TRADE_OFF_NUMBER = ProcessVariable.of("tradeOffNumber", Integer.class);

    /** How often, and after how long, silence goes up the ladder; an ISO 8601 repetition. */
    public static final ProcessVariable<String> TRADE_OFF_SILENCE = ProcessVariable.of("tradeOffSilence", String.class);

    /** Ids of the owners who are asked. */
    @SuppressWarnings("rawtypes")
    public static final ProcessVariable<List> TRADE_OFF_OWNERS = ProcessVariable.of("tradeOffOwners", List.class);

    /** The owner who is asked in one of the parallel tasks. */
    public static final ProcessVariable<String> TRADE_OFF_OWNER = ProcessVariable.of("tradeOffOwner", String.class);

    /** AGREED, RECOMPUTE or DISAGREED. */
    public static final ProcessVariable<String> TRADE_OFF_OUTCOME = ProcessVariable.of("tradeOffOutcome", String.class);

    private NegotiateTradeOffProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        TRADE_OFF_OPENED("startEvent_tradeOffOpened"),
        NEGOTIATE("gateway_negotiate"),
        COMPUTE_OPTIONS("serviceTask_computeOptions"),
        ANSWER_TRADE_OFF("userTask_answerTradeOff"),
        OWNERS_SILENT("event_ownersSilent"),
        ESCALATE_SILENCE("serviceTask_escalateSilence"),
        SILENCE_ESCALATED("endEvent_silenceEscalated"),
        CONCLUDE_TRADE_OFF("serviceTask_concludeTradeOff"),
        IS_AGREED("gateway_isAgreed"),
        ESCALATE_DISAGREEMENT("serviceTask_escalateDisagreement"),
        DECIDE_TRADE_OFF("userTask_decideTradeOff"),
        APPLY("gateway_apply"),
        APPLY_TRADE_OFF("serviceTask_applyTradeOff"),
        TRADE_OFF_DECIDED("endEvent_tradeOffDecided");

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
