package io.slipway.deployment.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;

/** What code knows of {@code bpmn/deployment/deploy-release.bpmn}. */
public final class DeployReleaseProcess {

    public static final String KEY = "deploy-release";

    /** The new version did not start. */
    public static final String START_REFUSED = "START_REFUSED";

    /** After the switch another version answers than the deployed one. */
    public static final String NOT_LIVE = "NOT_LIVE";

    /** The new version could not be put on its environment. */
    public static final String DEPLOYMENT_FAILED = "DEPLOYMENT_FAILED";

    /** Topic on which workers of the external task listen. */
    public static final String START_SERVICE_TOPIC = "deployment.startService";

    /** Id of the release that this process belongs to. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    /** MAJOR, MINOR or EMERGENCY. */
    public static final ProcessVariable<String> RELEASE_CLASS = ProcessVariable.of("releaseClass", String.class);

    /** Key of the environment that is worked on. */
    public static final ProcessVariable<String> ENVIRONMENT = ProcessVariable.of("environment", String.class);

    /** development, staging or production. */
    public static final ProcessVariable<String> ENVIRONMENT_TIER = ProcessVariable.of("environmentTier", String.class);

    /** Whether instances keep state. */
    public static final ProcessVariable<Boolean> STATEFUL = ProcessVariable.of("stateful", Boolean.class);

    /** Number of instances on the environment. */
    public static final ProcessVariable<Integer> INSTANCES = ProcessVariable.of("instances", Integer.class);

    /** BLUE_GREEN or ROLLING. */
    public static final ProcessVariable<String> DEPLOYMENT_PATTERN =
            ProcessVariable.of("deploymentPattern", String.class);

    /** Whether the new version answered its health check. */
    public static final ProcessVariable<Boolean> SERVICE_HEALTHY = ProcessVariable.of("serviceHealthy", Boolean.class);

    /** How many instances are still to be replaced. */
    public static final ProcessVariable<Integer> REMAINING_INSTANCES =
            ProcessVariable.of("remainingInstances", Integer.class);

    private DeployReleaseProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        DEPLOYMENT_OPENED("startEvent_deploymentOpened"),
        OPEN_DEPLOYMENT("serviceTask_openDeployment"),
        CHOOSE_PATTERN("businessRuleTask_choosePattern"),
        PLAN_DEPLOYMENT("serviceTask_planDeployment"),
        TRANSFER_PACKAGE("serviceTask_transferPackage"),
        START("gateway_start"),
        START_SERVICE("serviceTask_startService"),
        START_REFUSED("event_startRefused"),
        CHECK_HEALTH("serviceTask_checkHealth"),
        IS_HEALTHY("gateway_isHealthy"),
        SWITCH_TRAFFIC("serviceTask_switchTraffic"),
        IS_ROLLED_OUT("gateway_isRolledOut"),
        VERIFY_LIVE("serviceTask_verifyLive"),
        NOT_LIVE("event_notLive"),
        DEPLOYED("endEvent_deployed"),
        START_FAILED("endEvent_startFailed"),
        DEPLOYMENT_FAILED("endEvent_deploymentFailed"),
        NOT_LIVE_END_EVENT("endEvent_notLive");

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
