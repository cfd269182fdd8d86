package io.slipway.validation.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;

/** What code knows of {@code bpmn/validation/review-release.bpmn}. */
public final class ReviewReleaseProcess {

    public static final String KEY = "review-release";

    /** Id of the release that this process belongs to. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    private ReviewReleaseProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        REVIEW_OPENED("startEvent_reviewOpened"),
        ASSEMBLE_TIMELINE("serviceTask_assembleTimeline"),
        HOLD_REVIEW("userTask_holdReview"),
        REVIEW_HELD("endEvent_reviewHeld");

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
