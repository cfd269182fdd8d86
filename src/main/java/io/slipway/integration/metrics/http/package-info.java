/** Metrics from an interface in Prometheus' style. */
@NullMarked
package io.slipway.integration.metrics.http;

import org.jspecify.annotations.NullMarked;
