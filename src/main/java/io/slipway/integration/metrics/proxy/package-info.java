/** Metrics from the counters of the traffic proxy. */
@NullMarked
package io.slipway.integration.metrics.proxy;

import org.jspecify.annotations.NullMarked;
