package io.slipway.validation.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;
import java.util.Date;

/** What code knows of {@code bpmn/validation/validate-release.bpmn}. */
public final class ValidateReleaseProcess {

    public static final String KEY = "validate-release";

    /** A synthetic check in production has failed. */
    public static final String PRODUCTION_REJECTED = "PRODUCTION_REJECTED";

    /** Id of the release that this process belongs to. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    /** Whether the last synthetic check passed. */
    public static final ProcessVariable<Boolean> CHECK_PASSED = ProcessVariable.of("checkPassed", Boolean.class);

    /** Whether the bake time is over. */
    public static final ProcessVariable<Boolean> BAKE_COMPLETE = ProcessVariable.of("bakeComplete", Boolean.class);

    /** PASS, ASK or REJECT. */
    public static final ProcessVariable<String> COMPARISON = ProcessVariable.of("comparison", String.class);

    /** Moment of the next synthetic check. */
    public static final ProcessVariable<Date> NEXT_CHECK = ProcessVariable.of("nextCheck", Date.class);

    /** Moment at which hypercare ends. */
    public static final ProcessVariable<Date> HYPERCARE_ENDS = ProcessVariable.of("hypercareEnds", Date.class);

    private ValidateReleaseProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        VALIDATION_OPENED("startEvent_validationOpened"),
        OPEN_VALIDATION("serviceTask_openValidation"),
        CHECK("gateway_check"),
        RUN_SYNTHETIC_CHECK("serviceTask_runSyntheticCheck"),
        IS_SOUND("gateway_isSound"),
        IS_BAKED("gateway_isBaked"),
        COMPARE_METRICS("serviceTask_compareMetrics"),
        WEIGH("gateway_weigh"),
        IS_DEGRADED("gateway_isDegraded"),
        METRICS_DEGRADED("endEvent_metricsDegraded"),
        JUDGE_COMPARISON("userTask_judgeComparison"),
        START_HYPERCARE("serviceTask_startHypercare"),
        VALIDATED("endEvent_validated"),
        NEXT_CHECK("event_nextCheck"),
        PRODUCTION_REJECTED("endEvent_productionRejected");

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
