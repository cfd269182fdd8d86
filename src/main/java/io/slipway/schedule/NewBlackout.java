package io.slipway.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A blackout as it is entered.
 *
 * @param name what people call it, such as "Financial close"
 * @param system key of a system; null for all
 * @param environment key of an environment of that system; null for all
 * @param start first moment in which nothing may be changed
 * @param end first moment after it
 * @param zone IANA name of the zone in which people read it, such as Europe/Zurich
 */
public record NewBlackout(
        String name, @Nullable String system, @Nullable String environment, Instant start, Instant end, String zone) {}
