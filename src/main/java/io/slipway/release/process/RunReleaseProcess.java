package io.slipway.release.process;

import io.slipway.platform.process.ProcessVariable;
import java.util.List;

/** What code knows of the spine, {@code bpmn/release/run-release.bpmn}. */
public final class RunReleaseProcess {

    public static final String KEY = "run-release";

    public static final String CONTENT_CHANGED = "scope.contentChanged";
    public static final String RESCHEDULE_REQUESTED = "schedule.rescheduleRequested";
    public static final String ROLLBACK_REQUESTED = "deployment.rollbackRequested";
    public static final String CANCEL_REQUESTED = "release.cancelRequested";
    public static final String HOLD_REQUESTED = "release.holdRequested";

    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    @SuppressWarnings("rawtypes")
    public static final ProcessVariable<List> PROMOTION_ROUTE = ProcessVariable.of("promotionRoute", List.class);

    public static final ProcessVariable<String> PRODUCTION_ENVIRONMENT =
            ProcessVariable.of("productionEnvironment", String.class);

    private RunReleaseProcess() {}
}
