package io.slipway.platform.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes the moments of a text for its reader: in the zone of the reader and in that of the site, each with the name of the zone. */
public final class Moments {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter SORTED =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private static final String ISO = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?Z";
    private static final String WORDS = "\\d{1,2} [A-Z][a-z]{2} \\d{4}, \\d{2}:\\d{2} UTC";
    private static final String DIGITS = "\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2} (?:UTC|[A-Z][A-Za-z]+(?:/[A-Za-z_+-]+)+)";
    private static final Pattern WRITTEN = Pattern.compile(
            "(?<![\\w/:.-])(?:(" + ISO + ")(?:/(" + ISO + "))?|(" + WORDS + ")|(" + DIGITS + "))(?![\\w/:.-]*\\w)");

    private Moments() {}

    /** A moment with the name of the zone, such as {@code 14 Mar 2026, 15:04 Europe/Berlin}. */
    public static String in(ZoneId zone, Instant moment) {
        return local(moment, zone) + " " + name(zone);
    }

    /** What people call a zone. */
    public static String name(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }

    /**
     * A text with its moments in the zone of the reader, and behind each the time at the site where that is another zone. Moments are
     * those that the program writes: by ISO 8601 in UTC, or as people read them with a zone behind. One that its zone knows twice,
     * when clocks are set back, stays as it is.
     */
    public static String told(String text, ZoneId reader, ZoneId site) {
        Matcher found = WRITTEN.matcher(text);
        StringBuilder told = new StringBuilder();
        while (found.find()) {
            Instant start = moment(found);
            Instant end = found.group(2) == null ? null : iso(found.group(2));
            String written = start == null || (found.group(2) != null && end == null)
                    ? found.group()
                    : both(start, end, reader, site);
            found.appendReplacement(told, Matcher.quoteReplacement(written));
        }
        return found.appendTail(told).toString();
    }

    private static String both(Instant start, @Nullable Instant end, ZoneId reader, ZoneId site) {
        String there = reader.equals(site) ? "" : " (at the site " + span(start, end, site) + ")";
        return span(start, end, reader) + there;
    }

    private static String span(Instant start, @Nullable Instant end, ZoneId zone) {
        return end == null ? in(zone, start) : local(start, zone) + " to " + in(zone, end);
    }

    private static String local(Instant moment, ZoneId zone) {
        return MOMENT.format(moment.atZone(zone));
    }

    private static @Nullable Instant moment(Matcher found) {
        if (found.group(1) != null) {
            return iso(found.group(1));
        }
        if (found.group(3) != null) {
            String words = found.group(3);
            return unique(words.substring(0, words.length() - " UTC".length()), MOMENT, ZoneOffset.UTC);
        }
        String digits = found.group(4);
        int gap = digits.lastIndexOf(' ');
        String zone = digits.substring(gap + 1);
        if (!zone.equals("UTC") && !ZoneId.getAvailableZoneIds().contains(zone)) {
            return null;
        }
        return unique(digits.substring(0, gap), SORTED, zone.equals("UTC") ? ZoneOffset.UTC : ZoneId.of(zone));
    }

    private static @Nullable Instant iso(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException noMoment) {
            return null;
        }
    }

    private static @Nullable Instant unique(String text, DateTimeFormatter form, ZoneId zone) {
        try {
            LocalDateTime local = LocalDateTime.parse(text, form);
            return zone.getRules().getValidOffsets(local).size() == 1
                    ? local.atZone(zone).toInstant()
                    : null;
        } catch (DateTimeException noMoment) {
            return null;
        }
    }
}
