package io.slipway.communication;

import java.time.Instant;
import java.util.Optional;

/**
 * A release that will not be done in its window.
 *
 * @param round number of the update that is drafted or was sent last, from 1
 * @param cause why, in one sentence
 * @param windowEnd what people were told
 * @param revisedEnd what is expected now
 * @param remark what the release manager added
 * @param state DRAFT, SENT, DISMISSED or OVER
 */
public record Delay(
        long id,
        int round,
        String cause,
        Instant windowEnd,
        Instant revisedEnd,
        String remark,
        State state,
        Optional<Instant> nextUpdateAt,
        Optional<String> confirmedBy,
        Instant foundAt) {

    /** How far it is. */
    public enum State {
        DRAFT("Draft, not sent"),
        SENT("Sent"),
        DISMISSED("Dismissed"),
        OVER("Over");

        private final String label;

        State(String label) {
            this.label = label;
        }

        /** The words that people read. */
        public String label() {
            return label;
        }
    }
}
