package io.slipway.schedule.calendars;

import io.slipway.schedule.TimeSpan;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A calendar as other programs subscribe to it: iCalendar by RFC 5545, in UTC, text escaped and lines folded. */
public final class Feed {

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int LONGEST_LINE = 75;

    private final StringBuilder text = new StringBuilder();
    private final Instant now;

    /**
     * An empty calendar.
     *
     * @param name what subscribers read
     * @param now when it is written
     */
    public Feed(String name, Instant now) {
        this.now = now;
        line("BEGIN:VCALENDAR");
        line("VERSION:2.0");
        line("PRODID:-//Slipway//Schedule//EN");
        line("CALSCALE:GREGORIAN");
        line("METHOD:PUBLISH");
        line("X-WR-CALNAME:" + escaped(name));
    }

    /**
     * Adds an event.
     *
     * @param id stays the same when the event is written again
     */
    public Feed event(String id, String summary, String description, TimeSpan span) {
        line("BEGIN:VEVENT");
        line("UID:" + escaped(id) + "@slipway");
        line("DTSTAMP:" + UTC.format(now));
        line("DTSTART:" + UTC.format(span.start()));
        line("DTEND:" + UTC.format(span.end()));
        line("SUMMARY:" + escaped(summary));
        if (!description.isBlank()) {
            line("DESCRIPTION:" + escaped(description));
        }
        line("END:VEVENT");
        return this;
    }

    /** The whole text. */
    public String written() {
        return text + "END:VCALENDAR\r\n";
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\")
                .replace(";", "\\;")
                .replace(",", "\\,")
                .replaceAll("\\r?\\n|\\r", "\\\\n")
                .replaceAll("\\p{Cntrl}", " ");
    }

    /** A line has at most 75 octets; what follows begins with a space. A character is not torn apart. */
    private void line(String line) {
        int octets = 0;
        for (int i = 0; i < line.length(); ) {
            String character = Character.toString(line.codePointAt(i));
            int width = character.getBytes(StandardCharsets.UTF_8).length;
            if (octets + width > LONGEST_LINE) {
                text.append("\r\n ");
                octets = 1;
            }
            text.append(character);
            octets += width;
            i += character.length();
        }
        text.append("\r\n");
    }
}
