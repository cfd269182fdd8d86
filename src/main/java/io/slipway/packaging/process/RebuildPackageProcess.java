package io.slipway.packaging.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;

/** What code knows of {@code bpmn/packaging/rebuild-package.bpmn}. */
public final class RebuildPackageProcess {

    public static final String KEY = "rebuild-package";

    /** A build did not end well. */
    public static final String BUILD_FAILED = "BUILD_FAILED";

    /** Topic of the first build. */
    public static final String BUILD_FIRST_TOPIC = "packaging.buildFirst";

    /** Topic of the second, independent build. */
    public static final String BUILD_AGAIN_TOPIC = "packaging.buildAgain";

    /** Id of the release that this process belongs to. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    /** Number of the wish for a rebuild. */
    public static final ProcessVariable<Long> BUILD_REQUEST_ID = ProcessVariable.of("buildRequestId", Long.class);

    /** REPRODUCIBLE, STABILISED_ONLY or DIFFERS. */
    public static final ProcessVariable<String> BUILD_VERDICT = ProcessVariable.of("buildVerdict", String.class);

    private RebuildPackageProcess() {}

    /** Number of the wish that an external task belongs to. */
    static long request(LockedExternalTask task) {
        Object request = task.getVariables().get(BUILD_REQUEST_ID.name());
        if (request instanceof Long number) {
            return number;
        }
        throw new IllegalStateException(
                "The variable '" + BUILD_REQUEST_ID.name() + "' is missing at " + task.getActivityId());
    }

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        REBUILD_REQUESTED("startEvent_rebuildRequested"),
        BUILD_FIRST("serviceTask_buildFirst"),
        FIRST_BUILD_FAILED("event_firstBuildFailed"),
        BUILD_AGAIN("serviceTask_buildAgain"),
        SECOND_BUILD_FAILED("event_secondBuildFailed"),
        COMPARE_BUILDS("serviceTask_compareBuilds"),
        IS_REPRODUCIBLE("gateway_isReproducible"),
        PACKAGE_REPRODUCED("endEvent_packageReproduced"),
        REVIEW_DIFFERENCES("userTask_reviewDifferences"),
        DIFFERENCES_REVIEWED("endEvent_differencesReviewed"),
        BUILD_FAILED("endEvent_buildFailed");

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
