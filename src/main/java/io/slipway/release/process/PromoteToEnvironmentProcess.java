package io.slipway.release.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;

/** What code knows of {@code bpmn/release/promote-to-environment.bpmn}. */
public final class PromoteToEnvironmentProcess {

    public static final String KEY = "promote-to-environment";

    /** The new version could not be put on its environment. */
    public static final String DEPLOYMENT_FAILED = "DEPLOYMENT_FAILED";

    /** Id of the release that this process belongs to. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    /** MAJOR, MINOR or EMERGENCY. */
    public static final ProcessVariable<String> RELEASE_CLASS = ProcessVariable.of("releaseClass", String.class);

    /** Key of the environment that is worked on. */
    public static final ProcessVariable<String> ENVIRONMENT = ProcessVariable.of("environment", String.class);

    private PromoteToEnvironmentProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        PROMOTION_OPENED("startEvent_promotionOpened"),
        BOOK_ENVIRONMENT("serviceTask_bookEnvironment"),
        DEPLOY("gateway_deploy"),
        DEPLOY_RELEASE("callActivity_deployRelease"),
        DEPLOYMENT_FAILED("event_deploymentFailed"),
        PASS_QUALITY_GATE("callActivity_passQualityGate"),
        RELEASE_ENVIRONMENT("serviceTask_releaseEnvironment"),
        PROMOTED("endEvent_promoted"),
        ROLL_BACK_RELEASE("callActivity_rollBackRelease");

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
