package io.slipway.quality.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;
import java.util.Date;

/** What code knows of {@code bpmn/quality/vote-on-defects.bpmn}. */
public final class VoteOnDefectsProcess {

    public static final String KEY = "vote-on-defects";

    /** A quorum of the board agrees, so that nobody waits for the end of the time box. */
    public static final String VOTE_AGREED = "quality.voteAgreed";

    /** Id of the release that this process belongs to. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    /** Key of the environment whose gate failed. */
    public static final ProcessVariable<String> ENVIRONMENT = ProcessVariable.of("environment", String.class);

    /** Number of the vote. */
    public static final ProcessVariable<String> VOTE = ProcessVariable.of("voteNumber", String.class);

    /** When the time box of the vote ends. */
    public static final ProcessVariable<Date> VOTE_ENDS = ProcessVariable.of("voteEnds", Date.class);

    /** GRANTED when the board ships with the known issue, else REFUSED. */
    public static final ProcessVariable<String> WAIVER_VERDICT = ProcessVariable.of("waiverVerdict", String.class);

    private VoteOnDefectsProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        VOTE_NEEDED("startEvent_voteNeeded"),
        OPEN_VOTE("serviceTask_openVote"),
        AWAIT_BALLOTS("gateway_awaitBallots"),
        VOTE_AGREED("event_voteAgreed"),
        TIME_BOX_ENDED("event_timeBoxEnded"),
        BALLOTS_IN("gateway_ballotsIn"),
        CONCLUDE_VOTE("serviceTask_concludeVote"),
        VOTE_CONCLUDED("endEvent_voteConcluded");

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
