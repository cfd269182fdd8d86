package io.slipway.governance.adherence;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that deviated from model and rules.
 *
 * @param discriminator what tells it from others of the same rule in the same release, at most 60 characters
 * @param sentence what happened
 * @param evidence where it is recorded
 * @param deed who did it, and when; empty where it is nobody's deed
 */
public record Deviation(Rule rule, String discriminator, String sentence, String evidence, Optional<Deed> deed) {

    /** A deviation that is nobody's deed. */
    Deviation(Rule rule, String discriminator, String sentence, String evidence) {
        this(rule, discriminator, sentence, evidence, Optional.empty());
    }

    /**
     * A deed of a person.
     *
     * @param person opaque id
     * @param at when it was done
     */
    public record Deed(String person, Instant at) {}

    /** The rules that an ended release is held against. */
    public enum Rule {
        SKIPPED_CONTROL("Skipped control"),
        ORDER_VIOLATION("Order violated"),
        MOVED_TOKEN("Moved token"),
        EDITED_VARIABLE("Edited variable"),
        HASTY_DECISION("Hasty decision");

        private final String label;

        Rule(String label) {
            this.label = label;
        }

        /** The words that people read. */
        public String label() {
            return label;
        }
    }
}
