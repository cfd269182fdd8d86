/** Metrics of running systems: series and counts from a Prometheus-style interface or from the counters of the traffic proxy. */
@NullMarked
@NamedInterface("metrics")
package io.slipway.integration.metrics;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
