package io.slipway.operations;

import io.slipway.platform.text.Beginning;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that operations has to look at.
 *
 * @param id number of the row
 * @param key what it is about; the same for as long as it lasts
 * @param kind kebab words
 * @param cause one sentence
 * @param remedy one sentence
 * @param clearedAt when it was found gone; empty while it lasts
 */
public record Alarm(
        long id, String key, String kind, String cause, String remedy, Instant raisedAt, Optional<Instant> clearedAt) {

    /** Something found by one look. */
    record Found(String key, String kind, String cause, String remedy) {

        private static final int LONGEST_KEY = 200;
        private static final int LONGEST_CAUSE = 1000;

        /** Cuts what does not fit its column; a key that was cut stays the same from look to look. */
        Found {
            key = Beginning.of(key, LONGEST_KEY);
            cause = Beginning.of(cause, LONGEST_CAUSE);
        }
    }
}
