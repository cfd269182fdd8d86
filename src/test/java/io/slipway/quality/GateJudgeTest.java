package io.slipway.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import io.slipway.platform.process.RuleTable;
import io.slipway.quality.GateExplanation.Criterion;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A verdict says which rule decided, what was measured against what, and what would change it. */
@Capability({"4.1", "X1"})
class GateJudgeTest {

    static InputStream file() {
        return Objects.requireNonNull(GateJudgeTest.class.getResourceAsStream("/bpmn/quality/gate-verdict.dmn"));
    }

    static RuleTable table() {
        return RuleTable.read("gate-verdict", 3, "e".repeat(64), file());
    }

    @Test
    void namesTheRuleAndItsReason() {
        GateExplanation.Rule rule = explain(GateFacts.ofTests("staging", "MINOR", true, 12, 2, 0, 0))
                .rule();

        assertThat(rule)
                .isEqualTo(new GateExplanation.Rule(
                        "gate-verdict",
                        3,
                        "e".repeat(64),
                        "rule_failedTests",
                        "A test failed, and each failed test is a fault that somebody has seen."));
    }

    @Test
    void setsWhatWasMeasuredAgainstWhatIsRequired() {
        assertThat(explain(GateFacts.ofTests("staging", "MAJOR", true, 12, 2, 1, 3))
                        .criteria())
                .containsExactly(
                        new Criterion("Evidence", "1 report", "at least one report", true),
                        new Criterion("Tests", "12", "at least 1", true),
                        new Criterion("Failed tests", "2", "at most 0", false),
                        new Criterion("Skipped tests", "1", "at most 0", false),
                        new Criterion("Flaky tests", "3", "at most 0", false),
                        new Criterion("Security findings of level error", "0", "at most 0", true),
                        new Criterion("Security findings of level warning", "0", "at most 10", true),
                        new Criterion("Required kinds of evidence", "complete", "all that this stage requires", true),
                        new Criterion("Coverage of lines", "not measured", "at least 50 % where it is measured", true));
    }

    @Test
    void requiresWhatTheTableAsksOfThisStageAndClass() {
        assertThat(explain(GateFacts.ofTests("development", "MAJOR", true, 12, 0, 4, 9))
                        .criteria())
                .contains(
                        new Criterion("Skipped tests", "4", "any number", true),
                        new Criterion("Flaky tests", "9", "any number", true));
        assertThat(explain(GateFacts.ofTests("staging", "EMERGENCY", true, 12, 0, 4, 0))
                        .criteria())
                .contains(
                        new Criterion("Skipped tests", "4", "any number", true),
                        new Criterion("Failed tests", "0", "at most 0", true));
    }

    @Test
    void saysTheSmallestChangeThatWouldPass() {
        assertThat(explain(GateFacts.ofTests("staging", "MINOR", true, 12, 2, 1, 3))
                        .changes())
                .containsExactly("With at most 0 failed (now 2) and at most 0 skipped (now 1) the gate passes.");
        assertThat(explain(GateFacts.ofTests("development", "MINOR", true, 12, 2, 1, 3))
                        .changes())
                .containsExactly("With at most 0 failed (now 2) the gate passes.");
    }

    @Test
    void missingEvidenceIsWhatWouldChangeIt() {
        GateExplanation explanation = new GateJudge(
                        table(), GateFacts.of("staging", "MINOR", List.of()), GateSettings.Effort.usual())
                .explanation(List.of());

        assertThat(explanation.rule().id()).isEqualTo("rule_noEvidence");
        assertThat(explanation.criteria())
                .startsWith(
                        new Criterion("Evidence", "none", "at least one report", false),
                        new Criterion("Tests", "0", "at least 1", false));
        assertThat(explanation.changes()).containsExactly("With at least 1 test (now 0) the gate passes.");
    }

    @Test
    void aReportWithoutTestsFailsTheGateBesideAGoodOne() {
        GateFacts facts = GateFacts.of(
                "staging",
                "MINOR",
                List.of(
                        new TestReport(10, 0, 0, 0, List.of(), List.of()),
                        new TestReport(0, 0, 0, 0, List.of(), List.of())));

        assertThat(new GateJudge(table(), facts, GateSettings.Effort.usual()).verdict())
                .isEqualTo(Verdict.FAILED);
    }

    @Test
    void saysWhatWouldBreakAPassedGate() {
        assertThat(explain(GateFacts.ofTests("staging", "MINOR", true, 12, 0, 0, 1))
                        .changes())
                .containsExactly(
                        "With fewer than 1 test the gate fails.",
                        "With more than 0 failed the gate fails.",
                        "With more than 0 skipped the gate fails.",
                        "With more than 0 open security errors the gate fails.",
                        "With a coverage below 50 % the gate fails.");
    }

    @Test
    void explainsWhateverThresholdTheProcessOwnersChose() {
        GateExplanation failed = new GateJudge(
                        lenient(),
                        GateFacts.ofTests("staging", "MINOR", true, 60, 4, 1, 0),
                        GateSettings.Effort.usual())
                .explanation(List.of());

        assertThat(failed.criteria())
                .contains(
                        new Criterion("Tests", "60", "at least 50", true),
                        new Criterion("Failed tests", "4", "at most 3", false),
                        new Criterion("Skipped tests", "1", "any number", true));
        assertThat(failed.changes()).containsExactly("With at most 3 failed (now 4) the gate passes.");
    }

    @Test
    void saysHowManyTestsAreMissing() {
        assertThat(new GateJudge(
                                lenient(),
                                GateFacts.ofTests("staging", "MINOR", true, 7, 5, 0, 0),
                                GateSettings.Effort.usual())
                        .explanation(List.of())
                        .changes())
                .containsExactly("With at least 50 tests (now 7) and at most 3 failed (now 5) the gate passes.");
    }

    @Test
    void failsWhereNoRuleFits() {
        GateJudge judge = new GateJudge(
                lenient(), GateFacts.ofTests("production", "MINOR", true, 60, 0, 0, 0), GateSettings.Effort.usual());

        assertThat(judge.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(judge.explanation(List.of()).rule().because()).isEqualTo("No rule of the table fits these figures.");
        assertThat(judge.explanation(List.of()).criteria())
                .contains(new Criterion("Failed tests", "0", "cannot be met", false));
        assertThat(judge.explanation(List.of()).changes())
                .containsExactly("No better figures of tests pass this gate; a waiver or another table would.");
    }

    /** In staging it wants 50 tests and lets three fail; elsewhere it says nothing. */
    private static RuleTable lenient() {
        return RuleTable.read(
                "gate-verdict",
                4,
                "f".repeat(64),
                Objects.requireNonNull(GateJudgeTest.class.getResourceAsStream("/quality/lenient-gate.dmn")));
    }

    private static GateExplanation explain(GateFacts facts) {
        return new GateJudge(table(), facts, GateSettings.Effort.usual())
                .explanation(List.of(new GateExplanation.Report(
                        "TEST-all.xml",
                        "a".repeat(64),
                        facts.testsTotal(),
                        facts.testsFailed(),
                        facts.testsSkipped(),
                        facts.testsFlaky(),
                        List.of(),
                        "TESTS",
                        "")));
    }
}
