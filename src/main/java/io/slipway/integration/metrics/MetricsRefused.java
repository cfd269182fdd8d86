package io.slipway.integration.metrics;

/** The question cannot be answered as it is put; the same one would be refused again. */
public final class MetricsRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With the reason in one sentence. */
    public MetricsRefused(String message) {
        super(message);
    }
}
