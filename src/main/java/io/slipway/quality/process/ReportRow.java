package io.slipway.quality.process;

import io.slipway.quality.Evidence;

/** A line of the table of reports in a form. */
record ReportRow(String name, String kind, String summary, String sha256) {

    static ReportRow of(Evidence evidence) {
        return new ReportRow(evidence.name(), evidence.kind().label(), evidence.summary(), evidence.sha256());
    }
}
