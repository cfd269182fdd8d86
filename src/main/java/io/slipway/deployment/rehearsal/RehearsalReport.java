package io.slipway.deployment.rehearsal;

import java.util.List;

/**
 * What a rehearsal found.
 *
 * @param steps in the order in which they were done, forward and back
 * @param tables what became of each table
 * @param fingerprintBefore SHA-256 of the schema before
 * @param fingerprintAfter the same after all steps forward
 * @param fingerprintBack the same after all steps back
 * @param pointOfNoReturn name of the first step that cannot be taken back; empty when all can
 * @param findings why it has not passed, each with its remedy; empty when it has
 */
public record RehearsalReport(
        List<Step> steps,
        List<Table> tables,
        String fingerprintBefore,
        String fingerprintAfter,
        String fingerprintBack,
        String pointOfNoReturn,
        List<String> findings) {

    /** Keeps the lists as they are now. */
    public RehearsalReport {
        steps = List.copyOf(steps);
        tables = List.copyOf(tables);
        findings = List.copyOf(findings);
    }

    /** Whether nothing speaks against it. */
    public boolean passed() {
        return findings.isEmpty();
    }

    /**
     * A step.
     *
     * @param label EXPAND, CONTRACT or IRREVERSIBLE
     * @param sha256 of its SQL
     */
    public record Step(String name, boolean forward, String label, String sha256, long millis) {}

    /**
     * A table; counts are -1 where it is not there, and checksums are of the columns that it has before and after.
     */
    public record Table(
            String name,
            long rowsBefore,
            long rowsAfter,
            long rowsBack,
            String checksumBefore,
            String checksumAfter,
            String checksumBack) {}
}
