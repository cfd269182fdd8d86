package io.slipway.quality.exemptions;

import java.time.Instant;
import java.util.Optional;

/**
 * Leave to skip something, given by another person than the one who asked, and owed afterwards.
 *
 * @param number number among all exemptions
 * @param release key of the release
 * @param skipped what is left out
 * @param compensatingControl what makes up for it until it is validated
 * @param validation what has to be checked after the release
 * @param validateBy until when
 */
public record Exemption(
        long number,
        String release,
        String system,
        String skipped,
        String compensatingControl,
        String validation,
        Instant validateBy,
        String requestedBy,
        Instant requestedAt,
        State state,
        Optional<String> decidedBy,
        Optional<Instant> decidedAt,
        Optional<String> decisionReason,
        Optional<String> validatedBy,
        Optional<Instant> validatedAt,
        Optional<String> validationEvidence) {

    /** Where it stands. */
    public enum State {
        REQUESTED("Asked for"),
        GRANTED("Granted, to be validated"),
        REFUSED("Refused"),
        VALIDATED("Validated");

        private final String label;

        State(String label) {
            this.label = label;
        }

        /** The words that people read. */
        public String label() {
            return label;
        }
    }

    /** Whether the check is owed and late. */
    public boolean overdue(Instant moment) {
        return state == State.GRANTED && moment.isAfter(validateBy);
    }

    /** What is asked for. */
    public record Request(String skipped, String compensatingControl, String validation, Instant validateBy) {}
}
