package io.slipway.communication;

import java.time.Instant;
import java.util.Optional;

/**
 * A training or an announcement for users of a release.
 *
 * @param audience name of the audience
 * @param audienceLabel what people read instead
 * @param item what it is about, such as the id of an item of the scope
 * @param author opaque id of the person who wrote it
 * @param reviewer opaque id of the person who accepted it
 */
public record Material(
        long id,
        Kind kind,
        String audience,
        String audienceLabel,
        String item,
        State state,
        Optional<String> title,
        Optional<String> text,
        Optional<Instant> publishAt,
        Optional<String> author,
        Optional<String> reviewer,
        Optional<String> returnReason) {

    /** What it is. */
    public enum Kind {
        TRAINING("Training"),
        ANNOUNCEMENT("Announcement");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** The words that people read. */
        public String label() {
            return label;
        }
    }

    /** How far it is. */
    public enum State {
        PLANNED("Planned"),
        WRITTEN("Written, to be reviewed"),
        RETURNED("Sent back"),
        ACCEPTED("Accepted"),
        SCHEDULED("Scheduled"),
        PUBLISHED("Published");

        private final String label;

        State(String label) {
            this.label = label;
        }

        /** The words that people read. */
        public String label() {
            return label;
        }

        /** Whether it reaches its audience by itself. */
        public boolean ready() {
            return this == SCHEDULED || this == PUBLISHED;
        }
    }
}
