package io.slipway.schedule.calendars;

import java.util.Optional;

/** A recurring time as it is entered; see {@link CalendarRule}. */
public record NewCalendarRule(
        RecurringTime.Kind kind,
        String name,
        Optional<String> system,
        Optional<String> environment,
        Optional<String> region,
        String text) {}
