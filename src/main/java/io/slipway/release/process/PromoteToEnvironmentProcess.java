package io.slipway.release.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;
import java.util.Date;

/** What code knows of {@code bpmn/release/promote-to-environment.bpmn}. */
public final class PromoteToEnvironmentProcess {

    public static final String KEY = "promote-to-environment";

    /** The new version could not be put on its environment. */
    public static final String DEPLOYMENT_FAILED = "DEPLOYMENT_FAILED";

    /** The release was given up, because it could not be put on the environment. */
    public static final String PROMOTION_ABANDONED = "PROMOTION_ABANDONED";

    /** Id of the release that this process belongs to. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    /** MAJOR, MINOR or EMERGENCY. */
    public static final ProcessVariable<String> RELEASE_CLASS = ProcessVariable.of("releaseClass", String.class);

    /** Key of the environment that is worked on. */
    public static final ProcessVariable<String> ENVIRONMENT = ProcessVariable.of("environment", String.class);

    /** Whether the release holds the environment. */
    public static final ProcessVariable<Boolean> ENVIRONMENT_FREE =
            ProcessVariable.of("environmentFree", Boolean.class);

    /** Moment at which an environment that another release holds is asked for again. */
    public static final ProcessVariable<Date> BOOK_AGAIN_AT = ProcessVariable.of("bookAgainAt", Date.class);

    /** RETRY or END. */
    public static final ProcessVariable<String> ROLLBACK_DECISION =
            ProcessVariable.of("rollbackDecision", String.class);

    private PromoteToEnvironmentProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        PROMOTION_OPENED("startEvent_promotionOpened"),
        BOOK("gateway_book"),
        BOOK_ENVIRONMENT("serviceTask_bookEnvironment"),
        IS_FREE("gateway_isFree"),
        ENVIRONMENT_AWAITED("event_environmentAwaited"),
        DEPLOY("gateway_deploy"),
        DEPLOY_RELEASE("callActivity_deployRelease"),
        DEPLOYMENT_FAILED("event_deploymentFailed"),
        PASS_QUALITY_GATE("callActivity_passQualityGate"),
        RELEASE_ENVIRONMENT("serviceTask_releaseEnvironment"),
        PROMOTED("endEvent_promoted"),
        ROLL_BACK_RELEASE("callActivity_rollBackRelease"),
        IS_RETRIED("gateway_isRetried"),
        CANCEL_RELEASE("serviceTask_cancelRelease"),
        PROMOTION_ABANDONED("endEvent_promotionAbandoned");

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
