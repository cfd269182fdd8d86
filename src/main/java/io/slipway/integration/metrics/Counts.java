package io.slipway.integration.metrics;

/**
 * Requests of a span of time.
 *
 * @param known whether anybody counted; otherwise the numbers are 0 and say nothing
 * @param requests all of them
 * @param errors those that failed
 */
public record Counts(boolean known, long requests, long errors) {

    /** Nobody counted. */
    public static final Counts UNKNOWN = new Counts(false, 0, 0);

    /** Failed of all requests, from 0 to 1; 0 when there were none. */
    public double errorRate() {
        return requests == 0 ? 0 : (double) errors / requests;
    }
}
