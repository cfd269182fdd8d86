package io.slipway.quality.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;

/** What code knows of {@code bpmn/quality/carry-out-vote.bpmn}; it runs beside the spine of its release. */
public final class CarryOutVoteProcess {

    public static final String KEY = "carry-out-vote";

    /** Id of the release that this process belongs to. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    /** Number of the vote. */
    public static final ProcessVariable<String> VOTE = ProcessVariable.of("voteNumber", String.class);

    /** Time until the next try, as ISO 8601 writes it. */
    public static final ProcessVariable<String> TRY_AGAIN = ProcessVariable.of("voteTryAgain", String.class);

    /** Whether there is nothing left to do. */
    public static final ProcessVariable<Boolean> CARRIED_OUT = ProcessVariable.of("voteCarriedOut", Boolean.class);

    private CarryOutVoteProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        BOARD_DECIDED("startEvent_boardDecided"),
        TRY("gateway_try"),
        CARRY_OUT_VOTE("serviceTask_carryOutVote"),
        IS_CARRIED_OUT("gateway_isCarriedOut"),
        NEXT_TRY_DUE("event_nextTryDue"),
        VOTE_CARRIED_OUT("endEvent_voteCarriedOut");

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
