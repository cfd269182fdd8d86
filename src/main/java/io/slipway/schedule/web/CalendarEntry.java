package io.slipway.schedule.web;

import io.slipway.release.Refused;
import io.slipway.schedule.calendars.NewCalendarRule;
import io.slipway.schedule.calendars.RecurringTime;
import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A calendar as it is sent; field by field it may be missing. */
record CalendarEntry(
        @Nullable String kind,
        @Nullable String name,
        @Nullable String system,
        @Nullable String environment,
        @Nullable String region,
        @Nullable String rule)
        implements Serializable {

    /**
     * Reads it.
     *
     * @throws Refused when a field is missing or says what is not known
     */
    NewCalendarRule read() {
        RecurringTime.Kind chosen = Arrays.stream(RecurringTime.Kind.values())
                .filter(value -> value.name().equals(kind))
                .findFirst()
                .orElseThrow(() -> new Refused("kind", "The kind is ALLOW or DENY."));
        return new NewCalendarRule(
                chosen,
                IncidentEntry.said(name).orElse(""),
                IncidentEntry.said(system),
                IncidentEntry.said(environment),
                IncidentEntry.said(region),
                rule == null ? "" : rule);
    }
}
