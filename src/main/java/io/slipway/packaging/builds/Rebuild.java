package io.slipway.packaging.builds;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A wish that the package of a release is built anew, and what came of it.
 *
 * @param round the packaging whose files are compared
 * @param revision what was asked for
 * @param commit what the revision named then
 * @param runs builds that ended, at most two
 * @param comparison empty until both have ended well and were compared
 * @param review empty until a person looked at the differences
 */
public record Rebuild(
        long id,
        int round,
        String system,
        String revision,
        String commit,
        Instant committedAt,
        String requestedBy,
        Instant requestedAt,
        List<Run> runs,
        Optional<Comparison> comparison,
        Optional<Review> review) {

    /** What building again showed. */
    public enum Verdict {
        REPRODUCIBLE("Reproducible: every file has the same digest"),
        STABILISED_ONLY("The same files inside, packed differently"),
        DIFFERS("Differs");

        private final String label;

        Verdict(String label) {
            this.label = label;
        }

        /** The words that people read. */
        public String label() {
            return label;
        }
    }

    /** Copies the list. */
    public Rebuild {
        runs = List.copyOf(runs);
    }

    /** Whether nothing about it speaks against the package: the same bytes, or a person who accepted the differences. */
    public boolean settled() {
        return comparison
                        .filter(found -> found.verdict() == Verdict.REPRODUCIBLE)
                        .isPresent()
                || review.filter(Review::accepted).isPresent();
    }

    /** How it stands, in a few words. */
    public String standing() {
        if (runs.stream().anyMatch(run -> !run.succeeded())) {
            return "The build failed";
        }
        if (comparison.isEmpty()) {
            return "Building";
        }
        return comparison.get().verdict().label()
                + review.map(found -> found.accepted() ? ", accepted" : ", not accepted")
                        .orElse(comparison.get().verdict() == Verdict.REPRODUCIBLE ? "" : ", to be reviewed");
    }

    /**
     * A file that a build made.
     *
     * @param size in bytes
     */
    public record Output(String name, long size, String sha256) {}

    /**
     * A build that ended.
     *
     * @param number 1 or 2
     * @param logSha256 digest under which its log lies in the artifact store
     */
    public record Run(
            int number,
            String builder,
            List<String> command,
            Map<String, String> inputs,
            String toolchain,
            boolean succeeded,
            List<Output> outputs,
            String logSha256,
            Instant startedAt,
            Instant endedAt) {

        /** Copies the lists. */
        public Run {
            command = List.copyOf(command);
            inputs = Map.copyOf(inputs);
            outputs = List.copyOf(outputs);
        }
    }

    /**
     * What the comparison found.
     *
     * @param findings one sentence for each difference, file by file inside archives
     */
    public record Comparison(Verdict verdict, List<String> findings, Instant comparedAt) {

        /** Copies the list. */
        public Comparison {
            findings = List.copyOf(findings);
        }
    }

    /** What a person said about the differences. */
    public record Review(boolean accepted, String reason, String person, Instant reviewedAt) {}
}
