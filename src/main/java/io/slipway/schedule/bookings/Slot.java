package io.slipway.schedule.bookings;

import io.slipway.schedule.TimeSpan;
import java.util.UUID;

/**
 * A time that a release has booked in an environment.
 *
 * @param id identity
 * @param system key of the system
 * @param environment key of the environment
 * @param release key of the release
 * @param span the time in which it is used
 * @param blocked the same with set-up before and tear-down after it
 * @param purpose what for
 * @param bookedBy person who booked it
 */
public record Slot(
        UUID id,
        String system,
        String environment,
        String release,
        TimeSpan span,
        TimeSpan blocked,
        String purpose,
        String bookedBy) {}
