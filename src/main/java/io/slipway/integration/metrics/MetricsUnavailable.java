package io.slipway.integration.metrics;

import org.jspecify.annotations.Nullable;

/** Metrics could not be read; a retry may help. */
public final class MetricsUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With the reason in one sentence. */
    public MetricsUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
