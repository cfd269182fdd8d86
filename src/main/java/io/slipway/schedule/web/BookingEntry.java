package io.slipway.schedule.web;

import io.slipway.release.Refused;
import io.slipway.schedule.TimeSpan;
import io.slipway.schedule.bookings.WishedSlot;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A booking as it is sent; field by field it may be missing.
 *
 * @param start a moment with offset, or a local time that the zone makes one
 * @param zone IANA name; UTC unless told
 * @param settle whether release managers settle it when others have booked that time
 */
record BookingEntry(
        @Nullable String release,
        @Nullable String environment,
        @Nullable String start,
        @Nullable String end,
        @Nullable String zone,
        @Nullable String purpose,
        @Nullable String key,
        @Nullable Boolean settle)
        implements Serializable {

    /** Key of the release. */
    String releaseKey() {
        return given("release", release);
    }

    /**
     * Reads the rest.
     *
     * @throws Refused when a field is missing or cannot be read
     */
    WishedSlot read() {
        ZoneId place = place();
        Instant from = moment("start", start, place);
        Instant until = moment("end", end, place);
        if (!from.isBefore(until)) {
            throw new Refused("end", "A booking ends after it starts.");
        }
        return new WishedSlot(
                given("environment", environment),
                new TimeSpan(from, until),
                given("purpose", purpose),
                IncidentEntry.said(key));
    }

    boolean settled() {
        return Boolean.TRUE.equals(settle);
    }

    private ZoneId place() {
        String name = IncidentEntry.said(zone).orElse("UTC");
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw new Refused("zone", "Please name an IANA zone such as Europe/Zurich.");
        }
        return ZoneId.of(name);
    }

    static Instant moment(String field, @Nullable String text, ZoneId zone) {
        String given = given(field, text);
        try {
            return OffsetDateTime.parse(given).toInstant();
        } catch (DateTimeException withoutOffset) {
            return local(field, given, zone);
        }
    }

    private static Instant local(String field, String text, ZoneId zone) {
        try {
            LocalDateTime local = LocalDateTime.parse(text);
            if (zone.getRules().getValidOffsets(local).isEmpty()) {
                throw new Refused(
                        field, "In " + zone + " clocks skip " + text + "; please choose a time that exists there.");
            }
            return local.atZone(zone).toInstant();
        } catch (DateTimeException unreadable) {
            throw new Refused(field, "Please give '" + field + "' as a moment such as 2026-03-28T21:00:00+01:00.");
        }
    }

    private static String given(String field, @Nullable String text) {
        return Optional.ofNullable(text)
                .map(String::strip)
                .filter(stripped -> !stripped.isEmpty())
                .orElseThrow(() -> new Refused(field, "'" + field + "' is missing."));
    }
}
