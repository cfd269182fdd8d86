package io.slipway.schedule.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;

/** What code knows of {@code bpmn/schedule/push-milestone.bpmn}. */
public final class PushMilestoneProcess {

    public static final String KEY = "push-milestone";

    /** Id of the release that this process belongs to. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    /** Id of the change that is told. */
    public static final ProcessVariable<String> MILESTONE_PUSH = ProcessVariable.of("milestonePush", String.class);

    private PushMilestoneProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        MILESTONE_CHANGED("startEvent_milestoneChanged"),
        PUSH_MILESTONE("serviceTask_pushMilestone"),
        MILESTONE_PUSHED("endEvent_milestonePushed");

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
