package io.slipway.quality;

import java.util.List;

/**
 * What a report of tests says, counted from its single tests.
 *
 * @param total tests, each counted once
 * @param failed tests that failed, ended in an error, or never passed when repeated; a suite that could not run counts as one
 * @param skipped tests that did not run
 * @param flaky tests that passed only when repeated; they count as neither failed nor skipped
 * @param failures names of failed tests, the first of them
 * @param remarks what was odd about the report and how it was read, one sentence each
 */
public record TestReport(int total, int failed, int skipped, int flaky, List<String> failures, List<String> remarks) {

    /** Keeps copies of the lists. */
    public TestReport {
        failures = List.copyOf(failures);
        remarks = List.copyOf(remarks);
    }

    /** A report that has no test to count. */
    static TestReport none(List<String> remarks) {
        return new TestReport(0, 0, 0, 0, List.of(), remarks);
    }
}
