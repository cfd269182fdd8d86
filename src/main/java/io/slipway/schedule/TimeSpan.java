package io.slipway.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A stretch of time, its start included and its end not: two of which one ends when the other starts do not meet.
 *
 * @param start first moment
 * @param end first moment after it; later than the start
 */
public record TimeSpan(Instant start, Instant end) {

    private static final DateTimeFormatter READABLE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    /**
     * A stretch from start to end.
     *
     * @throws IllegalArgumentException when it does not end after it starts
     */
    public TimeSpan {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("A stretch of time ends after it starts: " + start + ", " + end);
        }
    }

    /** Whether the moment lies in it. */
    public boolean contains(Instant moment) {
        return !moment.isBefore(start) && moment.isBefore(end);
    }

    /** Whether both have a moment in common. */
    public boolean meets(TimeSpan other) {
        return start.isBefore(other.end) && other.start.isBefore(end);
    }

    /** A moment as people read it, to the minute, with the zone. */
    public static String readable(Instant moment, ZoneId zone) {
        return READABLE.format(moment.atZone(zone)) + " " + (zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId());
    }

    /** A moment as people read it, to the minute, in UTC. */
    public static String readable(Instant moment) {
        return readable(moment, ZoneOffset.UTC);
    }
}
