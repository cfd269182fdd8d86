package io.slipway.quality.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;
import java.util.Date;

/** What code knows of {@code bpmn/quality/pass-quality-gate.bpmn}. */
public final class PassQualityGateProcess {

    public static final String KEY = "pass-quality-gate";

    /** Id of the release that this process belongs to. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    /** MAJOR, MINOR or EMERGENCY. */
    public static final ProcessVariable<String> RELEASE_CLASS = ProcessVariable.of("releaseClass", String.class);

    /** Key of the environment that is worked on. */
    public static final ProcessVariable<String> ENVIRONMENT = ProcessVariable.of("environment", String.class);

    /** Key of the environment whose gate is judged. */
    public static final ProcessVariable<String> STAGE = ProcessVariable.of("stage", String.class);

    /** Number of tests. */
    public static final ProcessVariable<Integer> TESTS_TOTAL = ProcessVariable.of("testsTotal", Integer.class);

    /** Number of failed tests. */
    public static final ProcessVariable<Integer> TESTS_FAILED = ProcessVariable.of("testsFailed", Integer.class);

    /** Number of skipped tests. */
    public static final ProcessVariable<Integer> TESTS_SKIPPED = ProcessVariable.of("testsSkipped", Integer.class);

    /** Number of tests that passed only when repeated. */
    public static final ProcessVariable<Integer> TESTS_FLAKY = ProcessVariable.of("testsFlaky", Integer.class);

    /** Whether any evidence was supplied. */
    public static final ProcessVariable<Boolean> EVIDENCE_PRESENT =
            ProcessVariable.of("evidencePresent", Boolean.class);

    /** Number of required kinds of evidence that nobody handed in. */
    public static final ProcessVariable<Integer> EVIDENCE_MISSING =
            ProcessVariable.of("evidenceMissing", Integer.class);

    /** Number of security findings of level error that nobody suppressed. */
    public static final ProcessVariable<Integer> SECURITY_ERRORS = ProcessVariable.of("securityErrors", Integer.class);

    /** Number of security findings of level warning that nobody suppressed. */
    public static final ProcessVariable<Integer> SECURITY_WARNINGS =
            ProcessVariable.of("securityWarnings", Integer.class);

    /** Percent of lines that tests ran through, -1 when nobody measured it. */
    public static final ProcessVariable<Integer> COVERAGE_PERCENT =
            ProcessVariable.of("coveragePercent", Integer.class);

    /** PASSED or FAILED. */
    public static final ProcessVariable<String> GATE_VERDICT = ProcessVariable.of("gateVerdict", String.class);

    /** Until when quality assurance decides on a failed gate; after that the board does. */
    public static final ProcessVariable<Date> GATE_DEADLINE = ProcessVariable.of("gateDeadline", Date.class);

    /** Code of the escalation by which a failed gate reaches the board. */
    public static final String DEFECTS_UNRESOLVED = "DEFECTS_UNRESOLVED";

    /** REWORK, WAIVER or BOARD. */
    public static final ProcessVariable<String> GATE_DECISION = ProcessVariable.of("gateDecision", String.class);

    /** GRANTED or REFUSED. */
    public static final ProcessVariable<String> WAIVER_VERDICT = ProcessVariable.of("waiverVerdict", String.class);

    private PassQualityGateProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        GATE_OPENED("startEvent_gateOpened"),
        EVIDENCE("gateway_evidence"),
        SUPPLY_EVIDENCE("userTask_supplyEvidence"),
        EVALUATE_EVIDENCE("serviceTask_evaluateEvidence"),
        GATE_VERDICT("businessRuleTask_gateVerdict"),
        RECORD_VERDICT("serviceTask_recordVerdict"),
        IS_PASSED("gateway_isPassed"),
        GATE_PASSED_GATEWAY("gateway_gatePassed"),
        GATE_PASSED_END_EVENT("endEvent_gatePassed"),
        SETTLE_FAILED_GATE("subProcess_settleFailedGate"),
        GATE_FAILED("startEvent_gateFailed"),
        DECIDE_FAILED_GATE("userTask_decideFailedGate"),
        DECISION_OVERDUE("event_decisionOverdue"),
        IS_BOARD_ASKED("gateway_isBoardAsked"),
        GATE_SETTLED("endEvent_gateSettled"),
        DEFECTS_UNRESOLVED_END_EVENT("endEvent_defectsUnresolved"),
        DECISION_MISSING("endEvent_decisionMissing"),
        BOARD_NEEDED("event_boardNeeded"),
        VOTE_ON_DEFECTS("callActivity_voteOnDefects"),
        REWORK("gateway_rework"),
        ANSWERED("gateway_answered"),
        IS_WAIVER_ASKED("gateway_isWaiverAsked"),
        GRANT_WAIVER("userTask_grantWaiver"),
        IS_WAIVED("gateway_isWaived");

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
