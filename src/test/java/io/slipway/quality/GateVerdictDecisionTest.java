package io.slipway.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import io.slipway.platform.process.RuleTable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table {@code gate-verdict}: every rule fires at least once, and nothing unknown passes. */
@Capability({"4.1", "X1"})
class GateVerdictDecisionTest {

    private static final String ROWS = """
            # evidence, total, failed, skipped, flaky, missing, errors, warnings, coverage, stage,       class,     verdict, rule
            false, 12, 0, 0, 0, 0, 0, 0, -1, staging, MINOR, FAILED, rule_noEvidence
            true, 0, 0, 0, 0, 0, 0, 0, -1, staging, MINOR, FAILED, rule_noTests
            true, 12, 1, 0, 0, 0, 0, 0, -1, development, EMERGENCY, FAILED, rule_failedTests
            true, 12, 0, 5, 3, 0, 0, 0, -1, development, MAJOR, PASSED, rule_development
            true, 12, 0, 1, 0, 0, 0, 0, -1, staging, MINOR, FAILED, rule_skippedTests
            true, 12, 0, 1, 0, 0, 0, 0, -1, staging, EMERGENCY, PASSED, rule_passed
            true, 12, 0, 0, 1, 0, 0, 0, -1, staging, MAJOR, FAILED, rule_flakyTests
            true, 12, 0, 0, 1, 0, 0, 0, -1, staging, MINOR, PASSED, rule_passed
            true, 12, 0, 0, 0, 0, 0, 0, -1, staging, MAJOR, PASSED, rule_passed
            true, 12, -1, 0, 0, 0, 0, 0, -1, staging, MINOR, FAILED, rule_unknown
            true, 12, 0, 0, 0, 1, 0, 0, -1, development, EMERGENCY, FAILED, rule_missingEvidence
            true, 12, 0, 0, 0, 0, 1, 0, -1, staging, EMERGENCY, FAILED, rule_securityErrors
            true, 12, 0, 0, 0, 0, 1, 99, 3, development, MAJOR, PASSED, rule_development
            true, 12, 0, 0, 0, 0, 0, 11, -1, staging, MAJOR, FAILED, rule_securityWarnings
            true, 12, 0, 0, 0, 0, 0, 10, -1, staging, MAJOR, PASSED, rule_passed
            true, 12, 0, 0, 0, 0, 0, 11, -1, staging, MINOR, PASSED, rule_passed
            true, 12, 0, 0, 0, 0, 0, 0, 49, staging, MINOR, FAILED, rule_lowCoverage
            true, 12, 0, 0, 0, 0, 0, 0, 50, staging, MINOR, PASSED, rule_passed
            true, 12, 0, 0, 0, 0, 0, 0, 0, staging, EMERGENCY, PASSED, rule_passed
            """;

    @ParameterizedTest
    @CsvSource(textBlock = ROWS)
    void decidesByTheFirstRuleThatFits(
            boolean evidence,
            int total,
            int failed,
            int skipped,
            int flaky,
            int missing,
            int errors,
            int warnings,
            int coverage,
            String stage,
            String releaseClass,
            String verdict,
            String rule) {
        RuleTable.Fired fired = table().evaluate(
                        GateFacts.ofTests(stage, releaseClass, evidence, total, failed, skipped, flaky)
                                .withMissing(java.util.Collections.nCopies(missing, "Coverage"))
                                .withErrors(errors)
                                .withWarnings(warnings)
                                .withCoverage(coverage)
                                .inputs())
                .orElseThrow();

        assertThat(fired.value()).isEqualTo(verdict);
        assertThat(fired.rule()).isEqualTo(rule);
        assertThat(fired.because()).isNotBlank();
    }

    @Test
    void everyRuleOfTheTableIsFiredAbove() {
        Set<String> asserted = ROWS.lines()
                .filter(row -> !row.startsWith("#"))
                .map(row -> row.substring(row.lastIndexOf(',') + 1).strip())
                .collect(Collectors.toSet());
        Set<String> drawn = Dmn.readModelFromStream(GateJudgeTest.file()).getModelElementsByType(Rule.class).stream()
                .map(Rule::getId)
                .collect(Collectors.toCollection(HashSet::new));

        assertThat(asserted).isEqualTo(drawn);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evidencePresent",
                "testsTotal",
                "testsFailed",
                "testsSkipped",
                "testsFlaky",
                "evidenceMissing",
                "securityErrors",
                "securityWarnings",
                "coveragePercent"
            })
    void passesNothingOfWhichAFigureIsNotKnown(String figure) {
        for (String stage : List.of("development", "staging")) {
            Map<String, @Nullable Object> facts =
                    new HashMap<>(good(stage, "MINOR").inputs());
            assertThat(value(facts)).isEqualTo("PASSED");

            facts.put(figure, null);

            assertThat(value(facts)).isEqualTo("FAILED");
        }
    }

    @Test
    void judgesAReleaseWithoutAClassLikeAMajorOne() {
        GateFacts unclassified = GateFacts.ofTests("staging", null, true, 12, 0, 0, 0);

        assertThat(value(unclassified.inputs())).isEqualTo("PASSED");
        assertThat(value(unclassified.withSkipped(1).inputs())).isEqualTo("FAILED");
        assertThat(value(unclassified.withFlaky(1).inputs())).isEqualTo("FAILED");
        assertThat(value(good("staging", "STANDARD").withFlaky(1).inputs())).isEqualTo("FAILED");
    }

    @Test
    void judgesAnUnknownStageLikeStaging() {
        assertThat(value(good("", "MINOR").withSkipped(1).inputs())).isEqualTo("FAILED");
        Map<String, @Nullable Object> facts =
                new HashMap<>(good("development", "MINOR").withSkipped(1).inputs());
        facts.put("stage", null);
        assertThat(value(facts)).isEqualTo("FAILED");
    }

    private static GateFacts good(String stage, String releaseClass) {
        return GateFacts.ofTests(stage, releaseClass, true, 12, 0, 0, 0);
    }

    private static Object value(Map<String, @Nullable Object> facts) {
        return table().evaluate(facts).map(RuleTable.Fired::value).orElse("none");
    }

    private static RuleTable table() {
        return GateJudgeTest.table();
    }
}
