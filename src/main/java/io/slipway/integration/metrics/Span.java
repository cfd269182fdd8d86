package io.slipway.integration.metrics;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A span of time in whole seconds.
 *
 * @param from included
 * @param to excluded
 */
public record Span(Instant from, Instant to) {

    /** Cuts both ends to whole seconds, and refuses a span that does not go forward. */
    public Span {
        from = from.truncatedTo(ChronoUnit.SECONDS);
        to = to.truncatedTo(ChronoUnit.SECONDS);
        if (!from.isBefore(to)) {
            throw new MetricsRefused("A span of metrics has at least one second: " + from + " to " + to);
        }
    }

    /** How long it is. */
    public Duration length() {
        return Duration.between(from, to);
    }
}
