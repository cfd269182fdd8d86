package io.slipway.demo;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a {@link DemoClient} has seen so far.
 *
 * @param requests how many requests got an answer or failed
 * @param failures how many of them failed
 * @param versions how often each version of the service was told, in the order in which the versions first appeared
 * @param seconds the same second by second, oldest first; only the newest {@link DemoClient#SECONDS_KEPT} seconds with traffic
 * @param lastFailures the newest {@link DemoClient#FAILURES_KEPT} failures, oldest first
 */
public record DemoTraffic(
        long requests, long failures, Map<String, Long> versions, List<Second> seconds, List<Failure> lastFailures) {

    /** Keeps its own copies. */
    public DemoTraffic {
        versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
        seconds = List.copyOf(seconds);
        lastFailures = List.copyOf(lastFailures);
    }

    /**
     * The traffic of one second.
     *
     * @param at the beginning of the second
     * @param requests how many requests ended in it
     * @param failures how many of them failed
     * @param versions the versions that the service told in it, in order of appearance
     */
    public record Second(Instant at, int requests, int failures, List<String> versions) {

        /** Keeps its own copy. */
        public Second {
            versions = List.copyOf(versions);
        }
    }

    /**
     * One failed request.
     *
     * @param at when it failed
     * @param path what was asked
     * @param reason what went wrong
     */
    public record Failure(Instant at, String path, String reason) {}
}
