package io.slipway.schedule.calendars;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A recurring time in which changes are allowed or denied.
 *
 * @param id identity; an edited rule gets another
 * @param kind allowed or denied
 * @param name what people call it, such as "Financial close"
 * @param system key of a system; empty for all
 * @param environment key of an environment of that system; empty for all
 * @param region part of the world; empty for all
 * @param text the lines of RFC 5545
 * @param enteredBy person who entered it
 * @param enteredAt when
 */
public record CalendarRule(
        UUID id,
        RecurringTime.Kind kind,
        String name,
        Optional<String> system,
        Optional<String> environment,
        Optional<String> region,
        String text,
        String enteredBy,
        Instant enteredAt) {

    /** The lines, read. */
    public RecurringTime time() {
        return RecurringTime.parse(text);
    }

    /** Its text, line by line. */
    public List<String> lines() {
        return text.lines().toList();
    }

    /** Where it holds, in the words that people read. */
    public String scope() {
        String place = system.map(
                        key -> environment.map(name -> key + " " + name).orElse(key))
                .orElse("all systems");
        return region.map(part -> place + " in " + part).orElse(place);
    }
}
