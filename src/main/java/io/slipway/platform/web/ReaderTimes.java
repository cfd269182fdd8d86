package io.slipway.platform.web;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes moments in the zone of the reader; pages know it as {@code times}. */
public final class ReaderTimes {

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ENGLISH);

    private final ZoneId zone;
    private final Instant now;

    /**
     * Times for a reader.
     *
     * @param zone where the reader is
     * @param now the moment from which spans are counted
     */
    public ReaderTimes(ZoneId zone, Instant now) {
        this.zone = zone;
        this.now = now;
    }

    /** The zone with this name, or UTC where there is none with it: the name comes from a browser and is not to be trusted. */
    static ZoneId zone(@Nullable String name) {
        if (name == null || name.length() > 64) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            return ZoneOffset.UTC;
        }
    }

    /** Name of the reader's zone, such as {@code Europe/Berlin}. */
    public String zone() {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }

    /** A moment in the reader's zone, such as {@code 14 Mar 2026, 15:04}. */
    public String local(Instant moment) {
        return LOCAL.format(moment.atZone(zone));
    }

    /** A stretch of time in the reader's zone; the day is told once when it is the same. */
    public String localEnd(Instant start, Instant end) {
        boolean sameDay =
                start.atZone(zone).toLocalDate().equals(end.atZone(zone).toLocalDate());
        return sameDay ? TIME.format(end.atZone(zone)) : local(end);
    }

    /** A moment in UTC, to the second. */
    public String utc(Instant moment) {
        return UTC.format(moment.atZone(ZoneOffset.UTC));
    }

    /** How long ago a moment was, in its largest unit, such as {@code 3 h}. */
    public String since(Instant moment) {
        return span(Duration.between(moment, now));
    }

    /** How long something took. */
    public String between(Instant start, Instant end) {
        return span(Duration.between(start, end));
    }

    /** Whether a moment has passed. */
    public boolean past(@Nullable Instant moment) {
        return moment != null && moment.isBefore(now);
    }

    private static String span(Duration span) {
        if (span.toDays() > 0) {
            return span.toDays() + " d";
        }
        if (span.toHours() > 0) {
            return span.toHours() + " h";
        }
        if (span.toMinutes() > 0) {
            return span.toMinutes() + " min";
        }
        return Math.max(0, span.toSeconds()) + " s";
    }
}
