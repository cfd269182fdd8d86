package io.slipway.communication;

import java.time.Instant;
import java.util.Optional;

/**
 * A fault of a release that people may meet.
 *
 * @param effect what people notice
 * @param workaround what they do until it is gone
 * @param enteredBy opaque id of the person
 * @param resolvedAt empty while it is there
 */
public record KnownIssue(
        long id,
        String title,
        String effect,
        String workaround,
        String enteredBy,
        Instant enteredAt,
        Optional<Instant> resolvedAt) {}
