package io.slipway.schedule.bookings;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How environments are booked ahead.
 *
 * @param usualUse how long a deployment that goes on now is expected to hold its environment
 */
@ConfigurationProperties("slipway.schedule.bookings")
record BookingSettings(@DefaultValue("PT4H") Duration usualUse) {}
