package io.slipway.quality;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures that the table {@code gate-verdict} judges.
 *
 * @param stage key of the environment in which the package was tested
 * @param releaseClass the release's class; null when it has none
 * @param evidencePresent whether any report of tests was handed in
 * @param testsTotal tests in all reports
 * @param testsFailed failed tests; a report without any test counts as one
 * @param testsSkipped tests that did not run
 * @param testsFlaky tests that passed only when repeated
 * @param missingKinds words for the kinds of evidence that this stage requires and that nobody handed in
 * @param securityErrors findings of level error that nobody suppressed
 * @param securityWarnings findings of level warning that nobody suppressed
 * @param coveragePercent percent of lines that tests ran through, -1 when no report of coverage measured a line
 */
public record GateFacts(
        String stage,
        @Nullable String releaseClass,
        boolean evidencePresent,
        int testsTotal,
        int testsFailed,
        int testsSkipped,
        int testsFlaky,
        List<String> missingKinds,
        int securityErrors,
        int securityWarnings,
        int coveragePercent) {

    /** What stands for coverage that nobody measured. */
    static final int NOT_MEASURED = -1;

    /** Keeps a copy of the list. */
    @SuppressWarnings({"NullAway", "ConstantValue"}) // figures that were stored before the kinds of evidence have none
    public GateFacts {
        missingKinds = missingKinds == null ? List.of() : List.copyOf(missingKinds);
    }

    /** Figures of tests alone; nothing else is required and nothing else was handed in. */
    public static GateFacts ofTests(
            String stage,
            @Nullable String releaseClass,
            boolean evidence,
            int total,
            int failed,
            int skipped,
            int flaky) {
        return new GateFacts(
                stage, releaseClass, evidence, total, failed, skipped, flaky, List.of(), 0, 0, NOT_MEASURED);
    }

    /** Adds reports of tests up. */
    static GateFacts of(String stage, @Nullable String releaseClass, List<TestReport> reports) {
        return ofTests(
                stage,
                releaseClass,
                !reports.isEmpty(),
                reports.stream().mapToInt(TestReport::total).sum(),
                reports.stream()
                        .mapToInt(report -> report.total() == 0 ? 1 : report.failed())
                        .sum(),
                reports.stream().mapToInt(TestReport::skipped).sum(),
                reports.stream().mapToInt(TestReport::flaky).sum());
    }

    /** The inputs of the table by name. */
    Map<String, @Nullable Object> inputs() {
        Map<String, @Nullable Object> inputs = new HashMap<>();
        inputs.put("stage", stage);
        inputs.put("releaseClass", releaseClass);
        inputs.put("evidencePresent", evidencePresent);
        inputs.put("testsTotal", testsTotal);
        inputs.put("testsFailed", testsFailed);
        inputs.put("testsSkipped", testsSkipped);
        inputs.put("testsFlaky", testsFlaky);
        inputs.put("evidenceMissing", missingKinds.size());
        inputs.put("securityErrors", securityErrors);
        inputs.put("securityWarnings", securityWarnings);
        inputs.put("coveragePercent", coveragePercent);
        return inputs;
    }

    GateFacts withTests(int total) {
        return tests(total > 0, total, testsFailed, testsSkipped, testsFlaky);
    }

    GateFacts withFailed(int failed) {
        return tests(evidencePresent, testsTotal, failed, testsSkipped, testsFlaky);
    }

    GateFacts withSkipped(int skipped) {
        return tests(evidencePresent, testsTotal, testsFailed, skipped, testsFlaky);
    }

    GateFacts withFlaky(int flaky) {
        return tests(evidencePresent, testsTotal, testsFailed, testsSkipped, flaky);
    }

    private GateFacts tests(boolean evidence, int total, int failed, int skipped, int flaky) {
        return new GateFacts(
                stage,
                releaseClass,
                evidence,
                total,
                failed,
                skipped,
                flaky,
                missingKinds,
                securityErrors,
                securityWarnings,
                coveragePercent);
    }

    GateFacts withMissing(List<String> kinds) {
        return others(kinds, securityErrors, securityWarnings, coveragePercent);
    }

    GateFacts withErrors(int errors) {
        return others(missingKinds, errors, securityWarnings, coveragePercent);
    }

    GateFacts withWarnings(int warnings) {
        return others(missingKinds, securityErrors, warnings, coveragePercent);
    }

    GateFacts withCoverage(int percent) {
        return others(missingKinds, securityErrors, securityWarnings, percent);
    }

    private GateFacts others(List<String> kinds, int errors, int warnings, int percent) {
        return new GateFacts(
                stage,
                releaseClass,
                evidencePresent,
                testsTotal,
                testsFailed,
                testsSkipped,
                testsFlaky,
                kinds,
                errors,
                warnings,
                percent);
    }
}
