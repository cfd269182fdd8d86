package io.slipway.quality;

import java.util.List;

/** A report that was read to its end. */
sealed interface ReadEvidence {

    EvidenceKind kind();

    /** What was odd about the report and how it was read, one sentence each. */
    List<String> remarks();

    /** Tests, with the single ones as far as they are kept. */
    record Tests(TestReport report, List<JUnitXml.Case> cases) implements ReadEvidence {

        public Tests {
            cases = List.copyOf(cases);
        }

        @Override
        public EvidenceKind kind() {
            return EvidenceKind.TESTS;
        }

        @Override
        public List<String> remarks() {
            return report.remarks();
        }
    }

    /** A security scan with its results. */
    record Scan(ScanReport report, List<ScanResult> results, List<String> remarks) implements ReadEvidence {

        public Scan {
            results = List.copyOf(results);
            remarks = List.copyOf(remarks);
        }

        @Override
        public EvidenceKind kind() {
            return EvidenceKind.SECURITY;
        }
    }

    /** Coverage. */
    record Coverage(CoverageReport report, List<String> remarks) implements ReadEvidence {

        public Coverage {
            remarks = List.copyOf(remarks);
        }

        @Override
        public EvidenceKind kind() {
            return EvidenceKind.COVERAGE;
        }
    }
}
