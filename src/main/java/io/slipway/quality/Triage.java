package io.slipway.quality;

import java.time.Instant;
import java.util.Optional;

/**
 * What one person found out about a finding, and what a second one said to it.
 *
 * @param justification why it is accepted; empty where it is true or a false positive
 * @param scope whether it holds for the whole system or only for the release whose scan saw it last
 * @param expiresAt moment from which it suppresses no longer; empty where it does not suppress
 */
public record Triage(
        long number,
        long finding,
        Verdict verdict,
        Optional<Justification> justification,
        String reason,
        String evidence,
        Scope scope,
        Optional<Instant> expiresAt,
        String snippetHash,
        String severity,
        String proposedBy,
        Instant proposedAt,
        State state,
        Optional<String> decidedBy,
        Optional<Instant> decidedAt,
        Optional<String> decisionReason) {

    /** What a finding is. */
    public enum Verdict {
        TRUE_POSITIVE("True: it has to be repaired"),
        FALSE_POSITIVE("False positive: there is no fault"),
        ACCEPTED("Accepted: there is a fault and it is lived with");

        private final String label;

        Verdict(String label) {
            this.label = label;
        }

        /** The words that people read. */
        public String label() {
            return label;
        }

        /** Whether a finding like this counts no longer at gates. */
        public boolean suppresses() {
            return this != TRUE_POSITIVE;
        }
    }

    /** The kinds of reasons to suppress that the draft of SARIF 2.2 knows. */
    public enum Justification {
        TOOL_NOISE("The tool makes noise"),
        VULNERABILITY_NOT_FEASIBLE("It cannot be exploited here"),
        NOT_FOR_RELEASE("The code is not released"),
        FIX_DEFERRED("The repair is planned for later"),
        RISK_ACCEPTED("The risk is accepted");

        private final String label;

        Justification(String label) {
            this.label = label;
        }

        /** The words that people read. */
        public String label() {
            return label;
        }
    }

    /** How far it holds. */
    public enum Scope {
        SYSTEM("All releases of the system"),
        RELEASE("Only the release whose scan saw it last");

        private final String label;

        Scope(String label) {
            this.label = label;
        }

        /** The words that people read. */
        public String label() {
            return label;
        }
    }

    /** Where it stands. */
    public enum State {
        PROPOSED,
        CONFIRMED,
        REJECTED
    }

    /** What the first person says. */
    public record Proposal(
            Verdict verdict,
            Optional<Justification> justification,
            String reason,
            String evidence,
            Scope scope,
            Optional<Instant> expiresAt) {}
}
