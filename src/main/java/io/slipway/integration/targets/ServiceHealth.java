package io.slipway.integration.targets;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a service is.
 *
 * @param healthy whether it answered with a status from 200 to 299
 * @param status the HTTP status, when it answered
 * @param body what it answered, cut off after 2,000 characters
 * @param detail one sentence for people
 * @param took how long the answer took
 */
public record ServiceHealth(
        boolean healthy, @Nullable Integer status, @Nullable String body, String detail, Duration took) {}
