package io.slipway.integration.targets;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one service answered on a route in one span of time.
 *
 * @param version null when the target does not know the service any more
 * @param errors answers with a status from 500, and requests that got none
 * @param time sum of all times between request and answer
 * @param p95 upper bound of the time within which 95 of 100 were answered
 */
public record TrafficBucket(
        String serviceId,
        @Nullable String version,
        Instant start,
        Duration length,
        long requests,
        long errors,
        Duration time,
        Duration p95) {}
