package io.slipway.integration.metrics;

import java.time.Duration;
import java.util.List;

/**
 * What running systems measure. A value that nobody measured is left out and never invented: a series may be empty, and counts may be
 * unknown.
 *
 * <p>All methods throw {@link MetricsRefused} when the question cannot be answered as it is put, and {@link MetricsUnavailable} when a
 * retry may help.
 */
public interface Metrics {

    /** Requests in each step. */
    String REQUESTS = "requests";

    /** Failed requests in each step. */
    String ERRORS = "errors";

    /** Failed requests of all requests in each step, from 0 to 1. */
    String ERROR_RATE = "error_rate";

    /** Mean seconds between request and answer in each step. */
    String LATENCY_MEAN = "latency_mean";

    /** Seconds within which 95 of 100 requests of each step were answered. */
    String LATENCY_P95 = "latency_p95";

    /** Names of the metrics that can be asked for. */
    List<String> names();

    /**
     * The values of a metric in each step of a span, the oldest first; steps without a value are left out.
     *
     * @param metric one of {@link #names}
     * @param step length of a step, in whole seconds
     */
    Series series(String metric, Source source, Span span, Duration step);

    /** Requests and errors of a whole span; unknown when nobody counted. */
    Counts counts(Source source, Span span);
}
