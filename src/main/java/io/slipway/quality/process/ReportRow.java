package io.slipway.quality.process;

import io.slipway.quality.Evidence;
import io.slipway.quality.TestReport;

/** A line of the table of reports in a form. */
record ReportRow(String name, int tests, int failed, int skipped, int flaky, String sha256) {

    static ReportRow of(Evidence evidence) {
        TestReport report = evidence.report();
        return new ReportRow(
                evidence.name(), report.total(), report.failed(), report.skipped(), report.flaky(), evidence.sha256());
    }
}
