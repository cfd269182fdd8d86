package io.slipway.quality;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a gate was passed or not.
 *
 * @param facts what was judged
 * @param rule the rule that decided
 * @param criteria every figure with what was required of it
 * @param changes what would change the verdict, one sentence each, checked by the same table
 * @param evidence the reports that were counted
 */
public record GateExplanation(
        GateFacts facts, Rule rule, List<Criterion> criteria, List<String> changes, List<Report> evidence) {

    /** Keeps copies of the lists. */
    public GateExplanation {
        criteria = List.copyOf(criteria);
        changes = List.copyOf(changes);
        evidence = List.copyOf(evidence);
    }

    /**
     * The rule that decided.
     *
     * @param decision id of the decision
     * @param version its version, pinned by the release
     * @param digest SHA-256 of the file that holds it
     * @param id id of the rule in its table
     * @param because the annotation that the process owners gave it
     */
    public record Rule(String decision, int version, String digest, String id, String because) {}

    /**
     * One figure.
     *
     * @param required what the table would accept if all other figures were at their best
     * @param met whether this figure alone would have been accepted
     */
    public record Criterion(String criterion, String measured, String required, boolean met) {}

    /**
     * A report that was counted.
     *
     * @param kind TESTS, SECURITY or COVERAGE
     * @param summary what it says, in words
     */
    public record Report(
            String name,
            String sha256,
            int total,
            int failed,
            int skipped,
            int flaky,
            List<String> failures,
            @Nullable String kind,
            @Nullable String summary) {

        /** Keeps a copy of the list. */
        public Report {
            failures = List.copyOf(failures);
        }

        static Report of(Evidence evidence) {
            TestReport report = evidence.report();
            return new Report(
                    evidence.name(),
                    evidence.sha256(),
                    report.total(),
                    report.failed(),
                    report.skipped(),
                    report.flaky(),
                    report.failures(),
                    evidence.kind().name(),
                    evidence.summary());
        }
    }
}
