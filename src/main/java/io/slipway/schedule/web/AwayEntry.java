package io.slipway.schedule.web;

import io.slipway.integration.roster.Roster;
import io.slipway.platform.security.People;
import io.slipway.release.Refused;
import io.slipway.release.Role;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * An absence, or a duty where a function is named, as it is sent; field by field it may be missing.
 *
 * @param login login name of the person
 * @param from a moment with offset, or a local time that the zone makes one
 * @param zone IANA name; UTC unless told
 */
record AwayEntry(
        @Nullable String login,
        @Nullable String function,
        @Nullable String from,
        @Nullable String until,
        @Nullable String zone,
        @Nullable String reason) {

    private ZoneId place() {
        String name = IncidentEntry.said(zone).orElse("UTC");
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw new Refused("zone", "Please name an IANA zone such as Europe/Zurich.");
        }
        return ZoneId.of(name);
    }

    private Instant moment(String field, @Nullable String text) {
        return BookingEntry.moment(field, text, place());
    }

    Roster.Absence absence(People people) {
        return new Roster.Absence(
                RosterEntry.person(login, people),
                moment("from", from),
                moment("until", until),
                IncidentEntry.said(reason).orElse(""));
    }

    Roster.Duty duty(People people) {
        String named = IncidentEntry.said(function)
                .filter(text -> Role.ofGroup(text).isPresent())
                .orElseThrow(() -> new Refused("function", "Please name a function, such as qa."));
        return new Roster.Duty(RosterEntry.person(login, people), named, moment("from", from), moment("until", until));
    }
}
