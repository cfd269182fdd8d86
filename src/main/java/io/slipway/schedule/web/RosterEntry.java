package io.slipway.schedule.web;

import io.slipway.integration.roster.Roster;
import io.slipway.platform.security.People;
import io.slipway.release.Refused;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A member of the roster as it is sent; field by field it may be missing.
 *
 * @param login login name of the person
 * @param functions groups of roles
 * @param days names such as MONDAY; Monday to Friday unless told
 */
record RosterEntry(
        @Nullable String login,
        @Nullable List<String> functions,
        @Nullable String zone,
        @Nullable List<String> days,
        @Nullable String from,
        @Nullable String until) {

    /**
     * Reads it.
     *
     * @throws Refused when a field is missing or says what is not known
     */
    Roster.Member read(People people) {
        Set<String> given = functions == null
                ? Set.of()
                : functions.stream()
                        .flatMap(text -> Arrays.stream(text.split("[ ,]+", -1)))
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.toSet());
        if (given.isEmpty()) {
            throw new Refused("functions", "Please name at least one function, such as qa.");
        }
        return new Roster.Member(
                person(login, people),
                given,
                zone(zone),
                days == null || days.isEmpty() ? EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY) : days(days),
                time("from", from, "09:00"),
                time("until", until, "17:00"));
    }

    static String person(@Nullable String login, People people) {
        return IncidentEntry.said(login)
                .flatMap(people::findByLogin)
                .map(found -> found.id())
                .orElseThrow(() -> new Refused("login", "There is nobody with this login name."));
    }

    private static ZoneId zone(@Nullable String text) {
        String name = IncidentEntry.said(text).orElse("UTC");
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw new Refused("zone", "Please name an IANA zone such as Europe/Zurich.");
        }
        return ZoneId.of(name);
    }

    private static Set<DayOfWeek> days(List<String> names) {
        try {
            return names.stream().map(DayOfWeek::valueOf).collect(Collectors.toSet());
        } catch (IllegalArgumentException unknown) {
            throw new Refused("days", "Days are MONDAY to SUNDAY.");
        }
    }

    private static LocalTime time(String field, @Nullable String text, String usual) {
        try {
            return LocalTime.parse(IncidentEntry.said(text).orElse(usual));
        } catch (DateTimeException unreadable) {
            throw new Refused(field, "Please give '" + field + "' as a time such as 09:00.");
        }
    }
}
