package io.slipway.release.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;
import java.util.Date;
import java.util.List;

/** What code knows of the spine, {@code bpmn/release/run-release.bpmn}. */
public final class RunReleaseProcess {

    public static final String KEY = "run-release";

    /** What the release contains has changed, so its content is prepared and authorised anew. */
    public static final String CONTENT_CHANGED = "scope.contentChanged";

    /** The window no longer fits, so another one is looked for and the change is authorised anew. */
    public static final String RESCHEDULE_REQUESTED = "schedule.rescheduleRequested";

    /** Production is to serve its earlier version again. */
    public static final String ROLLBACK_REQUESTED = "deployment.rollbackRequested";

    /** The release is given up, wherever it stands. */
    public static final String CANCEL_REQUESTED = "release.cancelRequested";

    /** The release is to stand still until somebody resumes it. */
    public static final String HOLD_REQUESTED = "release.holdRequested";

    /** A group that has to approve has rejected the change. */
    public static final String CHANGE_REJECTED = "CHANGE_REJECTED";

    /** The deployer has decided against going live in this window. */
    public static final String NO_GO = "NO_GO";

    /** The release was given up below production, because it could not be put on an environment. */
    public static final String PROMOTION_ABANDONED = "PROMOTION_ABANDONED";

    /** Id of the release that this process belongs to. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    /** Keys of the environments below production, in the order in which the release passes them. */
    @SuppressWarnings("rawtypes")
    public static final ProcessVariable<List> PROMOTION_ROUTE = ProcessVariable.of("promotionRoute", List.class);

    /** Key of the environment that users are served by. */
    public static final ProcessVariable<String> PRODUCTION_ENVIRONMENT =
            ProcessVariable.of("productionEnvironment", String.class);

    /** Key of the environment that the release is promoted to. */
    public static final ProcessVariable<String> ENVIRONMENT = ProcessVariable.of("environment", String.class);

    /** MAJOR, MINOR or EMERGENCY. */
    public static final ProcessVariable<String> RELEASE_CLASS = ProcessVariable.of("releaseClass", String.class);

    /** Moment at which hypercare ends. */
    public static final ProcessVariable<Date> HYPERCARE_ENDS = ProcessVariable.of("hypercareEnds", Date.class);

    /** RETRY or END. */
    public static final ProcessVariable<String> ROLLBACK_DECISION =
            ProcessVariable.of("rollbackDecision", String.class);

    private RunReleaseProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        RELEASE_REQUESTED("startEvent_releaseRequested"),
        CONTENT("gateway_content"),
        PREPARE_CONTENT("subProcess_prepareContent"),
        CONTENT_OPENED("startEvent_contentOpened"),
        SCOPE_RELEASE("callActivity_scopeRelease"),
        SCHEDULE_RELEASE("callActivity_scheduleRelease"),
        IS_EMERGENCY("gateway_isEmergency"),
        HAND_OVER_DEVELOPMENT("callActivity_handOverDevelopment"),
        DEVELOPMENT("gateway_development"),
        PACKAGE_RELEASE("callActivity_packageRelease"),
        PROMOTE_TO_ENVIRONMENT("callActivity_promoteToEnvironment"),
        CONTENT_READY("endEvent_contentReady"),
        CONTENT_CHANGED("event_contentChanged"),
        PROMOTION_ABANDONED("event_promotionAbandoned"),
        RELEASE_GIVEN_UP("endEvent_releaseGivenUp"),
        AUTHORISATION("gateway_authorisation"),
        AUTHORISE_CHANGE("callActivity_authoriseChange"),
        CONTENT_CHANGED_LATE("event_contentChangedLate"),
        CHANGE_REJECTED("event_changeRejected"),
        RESCHEDULE_REQUESTED("event_rescheduleRequested"),
        NO_GO("event_noGo"),
        GO_LIVE("subProcess_goLive"),
        GO_LIVE_OPENED("startEvent_goLiveOpened"),
        DEPLOY_RELEASE("callActivity_deployRelease"),
        VALIDATE_RELEASE("callActivity_validateRelease"),
        HYPERCARE_ENDS("event_hypercareEnds"),
        LIVE("endEvent_live"),
        GO_LIVE_FAILED("event_goLiveFailed"),
        ROLLBACK_REQUESTED("event_rollbackRequested"),
        CLOSING("gateway_closing"),
        CLOSE_RELEASE("callActivity_closeRelease"),
        RELEASE_CLOSED("endEvent_releaseClosed"),
        RESCHEDULE_RELEASE("callActivity_rescheduleRelease"),
        RESCHEDULE("gateway_reschedule"),
        ROLL_BACK("gateway_rollBack"),
        ROLL_BACK_RELEASE("callActivity_rollBackRelease"),
        IS_RETRIED("gateway_isRetried"),
        CANCEL_RELEASE_SUB_PROCESS("subProcess_cancelRelease"),
        CANCEL_REQUESTED("startEvent_cancelRequested"),
        CANCEL_RELEASE("serviceTask_cancelRelease"),
        RELEASE_CANCELLED("endEvent_releaseCancelled"),
        HOLD_RELEASE("subProcess_holdRelease"),
        HOLD_REQUESTED("startEvent_holdRequested"),
        RESUME_RELEASE("userTask_resumeRelease"),
        RELEASE_RESUMED("endEvent_releaseResumed");

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
