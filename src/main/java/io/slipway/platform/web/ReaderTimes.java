package io.slipway.platform.web;

import io.slipway.platform.time.Moments;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

/** Writes moments in the zone of the reader and of the site, each with its zone; pages know it as {@code times}. */
public final class ReaderTimes {

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("z", Locale.ENGLISH);
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ENGLISH);

    private final Supplier<ZoneId> zone;
    private final Supplier<Optional<ZoneId>> site;
    private final Instant now;

    /**
     * Times for a reader who is at the site.
     *
     * @param zone where the reader is
     * @param now the moment from which spans are counted
     */
    public ReaderTimes(ZoneId zone, Instant now) {
        this(() -> zone, () -> Optional.of(zone), now);
    }

    /**
     * Times for a reader.
     *
     * @param zone where the reader is; asked once, when a time is written
     * @param site where the place is that the page is about, if it is about one; asked as late
     * @param now the moment from which spans are counted
     */
    public ReaderTimes(Supplier<ZoneId> zone, Supplier<Optional<ZoneId>> site, Instant now) {
        this.zone = SingletonSupplier.of(zone);
        this.site = SingletonSupplier.of(site);
        this.now = now;
    }

    private ZoneId reader() {
        return Objects.requireNonNull(zone.get());
    }

    private ZoneId there() {
        return Objects.requireNonNull(site.get()).orElseGet(this::reader);
    }

    /** The same about another site, in a list about several. */
    public ReaderTimes at(@Nullable ZoneId other) {
        return new ReaderTimes(zone, () -> Optional.ofNullable(other), now);
    }

    /** The zone with this name; empty where there is none: the name comes from a browser and is not to be trusted. */
    static Optional<ZoneId> zone(@Nullable String name) {
        if (name == null || name.length() > 64) {
            return Optional.empty();
        }
        try {
            return Optional.of(ZoneId.of(name));
        } catch (DateTimeException unknown) {
            return Optional.empty();
        }
    }

    /** Name of the reader's zone, such as {@code Europe/Berlin}. */
    public String zone() {
        return Moments.name(reader());
    }

    /** Name of the site's zone; that of the reader where the page is about no site. */
    public String siteZone() {
        return Moments.name(there());
    }

    /** Whether the page is about a site. */
    public boolean sited() {
        return Objects.requireNonNull(site.get()).isPresent();
    }

    /** Whether the site's clocks show another time than the reader's at this moment. */
    public boolean elsewhere(Instant moment) {
        return !reader().getRules().getOffset(moment).equals(there().getRules().getOffset(moment));
    }

    /** A moment in the reader's zone, such as {@code 14 Mar 2026, 15:04 CET}. */
    public String local(Instant moment) {
        return local(moment, reader());
    }

    private static String local(Instant moment, ZoneId zone) {
        return LOCAL.format(moment.atZone(zone)) + " " + shortName(moment, zone);
    }

    private static String shortName(Instant moment, ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : NAME.format(moment.atZone(zone));
    }

    /** The start of a stretch of time in the reader's zone; the zone is told at its end when it is the same there. */
    public String localStart(Instant start, Instant end) {
        return start(start, end, reader());
    }

    private static String start(Instant start, Instant end, ZoneId zone) {
        return shortName(start, zone).equals(shortName(end, zone))
                ? LOCAL.format(start.atZone(zone))
                : local(start, zone);
    }

    /** The end of a stretch of time in the reader's zone; the day is told once when it is the same. */
    public String localEnd(Instant start, Instant end) {
        return end(start, end, reader());
    }

    private static String end(Instant start, Instant end, ZoneId zone) {
        boolean sameDay =
                start.atZone(zone).toLocalDate().equals(end.atZone(zone).toLocalDate());
        return sameDay ? TIME.format(end.atZone(zone)) + " " + shortName(end, zone) : local(end, zone);
    }

    /** A moment at the site. */
    public String site(Instant moment) {
        return local(moment, there());
    }

    /** A stretch of time at the site. */
    public String site(Instant start, Instant end) {
        return start(start, end, there()) + " – " + end(start, end, there());
    }

    /** A sentence with its moments in the zone of the reader, and of the site where that is another. */
    public String told(@Nullable String sentence) {
        return sentence == null ? "" : Moments.told(sentence, reader(), there());
    }

    /** A moment in UTC, to the second, and at the site. */
    public String title(Instant moment) {
        return utc(moment) + (sited() ? "; at the site " + site(moment) : "");
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
