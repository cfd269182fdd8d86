package io.slipway.governance.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;

/** What code knows of {@code bpmn/governance/review-adherence.bpmn}. */
public final class ReviewAdherenceProcess {

    public static final String KEY = "review-adherence";

    /** Whether another review follows. */
    public static final ProcessVariable<Boolean> REVIEWS_GO_ON = ProcessVariable.of("reviewsGoOn", Boolean.class);

    /** When the next review is due, as ISO 8601 in UTC. */
    public static final ProcessVariable<String> NEXT_REVIEW_AT = ProcessVariable.of("nextReviewAt", String.class);

    private ReviewAdherenceProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        REVIEWS_OPENED("startEvent_reviewsOpened"),
        REVIEW("gateway_review"),
        REVIEW_ADHERENCE("serviceTask_reviewAdherence"),
        DO_REVIEWS_GO_ON("gateway_doReviewsGoOn"),
        NEXT_REVIEW_DUE("event_nextReviewDue"),
        REVIEWS_ENDED("endEvent_reviewsEnded");

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
