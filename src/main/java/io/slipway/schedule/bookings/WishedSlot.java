package io.slipway.schedule.bookings;

import io.slipway.schedule.TimeSpan;
import java.util.Optional;

/**
 * A time as it is asked for.
 *
 * @param environment key of an environment of the release's system
 * @param span the time in which it is used
 * @param purpose what for, 1 to 300 characters
 * @param key makes a repetition harmless, at most 100 characters; without it, release, place and time are the key
 */
public record WishedSlot(String environment, TimeSpan span, String purpose, Optional<String> key) {}
