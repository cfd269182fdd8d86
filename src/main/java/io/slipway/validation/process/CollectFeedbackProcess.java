package io.slipway.validation.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;
import java.util.Date;

/** What code knows of {@code bpmn/validation/collect-feedback.bpmn}. */
public final class CollectFeedbackProcess {

    public static final String KEY = "collect-feedback";

    /** Id of the release that this process belongs to. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    /** Moment at which users are asked. */
    public static final ProcessVariable<Date> FEEDBACK_DUE = ProcessVariable.of("feedbackDue", Date.class);

    private CollectFeedbackProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        FEEDBACK_OPENED("startEvent_feedbackOpened"),
        FEEDBACK_DUE("event_feedbackDue"),
        LINK_FEEDBACK("serviceTask_linkFeedback"),
        JUDGE_FEEDBACK("userTask_judgeFeedback"),
        FEEDBACK_COLLECTED("endEvent_feedbackCollected");

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
