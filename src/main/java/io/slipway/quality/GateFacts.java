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
 * @param evidencePresent whether any report was handed in
 * @param testsTotal tests in all reports
 * @param testsFailed failed tests; a report without any test counts as one
 * @param testsSkipped tests that did not run
 * @param testsFlaky tests that passed only when repeated
 */
public record GateFacts(
        String stage,
        @Nullable String releaseClass,
        boolean evidencePresent,
        int testsTotal,
        int testsFailed,
        int testsSkipped,
        int testsFlaky) {

    /** Adds reports up. */
    static GateFacts of(String stage, @Nullable String releaseClass, List<TestReport> reports) {
        return new GateFacts(
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
        return inputs;
    }

    GateFacts withTests(int total) {
        return new GateFacts(stage, releaseClass, total > 0, total, testsFailed, testsSkipped, testsFlaky);
    }

    GateFacts withFailed(int failed) {
        return new GateFacts(stage, releaseClass, evidencePresent, testsTotal, failed, testsSkipped, testsFlaky);
    }

    GateFacts withSkipped(int skipped) {
        return new GateFacts(stage, releaseClass, evidencePresent, testsTotal, testsFailed, skipped, testsFlaky);
    }

    GateFacts withFlaky(int flaky) {
        return new GateFacts(stage, releaseClass, evidencePresent, testsTotal, testsFailed, testsSkipped, flaky);
    }
}
