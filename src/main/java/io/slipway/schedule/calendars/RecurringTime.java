package io.slipway.schedule.calendars;

import io.slipway.platform.text.Beginning;
import io.slipway.release.Refused;
import io.slipway.schedule.TimeSpan;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.fortuna.ical4j.model.Recur;

/**
 * A time that comes again, as RFC 5545 writes it: the lines DTSTART with TZID, DURATION or DTEND, and perhaps RRULE, RDATE and EXDATE. It is
 * expanded in local time, and only then asked of the zone, because what is agreed on is what clocks show.
 *
 * <p>Where clocks skip the start, an allowed time does not take place and a denied one covers the whole gap; where clocks show the
 * start twice, an allowed time is the first and a denied one covers both. Days of a duration are days of the calendar, hours are exact.
 *
 * <p>Whoever gives an end says what clocks show then: each occurrence ends when they show the time of DTEND, so many days after its
 * start, so that a night from 22:00 to 06:00 is over at 06:00 in the nights of a clock change too, an hour shorter or longer than
 * others. RFC 5545 would give every occurrence the exact length of the first, which then depended on the day on which a calendar was
 * begun; DURATION says that, where it is meant. An end that clocks skip or show twice closes an allowed time as early and a denied one
 * as late as it can be understood.
 */
public final class RecurringTime {

    /** Most occurrences that one question may touch. */
    static final int MOST = 20_000;

    /** Within so many years a rule takes place at least once; the 29th of February takes eight at most. */
    private static final int YEARS_TO_COME = 9;

    private static final int LONGEST_DAYS = 400;
    private static final int LONGEST = 4_000;
    private static final int MOST_LINES = 40;
    private static final int MOST_DATES = 400;
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final Pattern DURATION =
            Pattern.compile("P(?:(\\d{1,3})W)?(?:(\\d{1,4})D)?(?:T(?:(\\d{1,4})H)?(?:(\\d{1,5})M)?(?:(\\d{1,6})S)?)?");
    private static final Pattern PART = Pattern.compile("[A-Z]{3,10}=[A-Z0-9,+:-]{1,200}");

    /** Whether a time is one in which changes are allowed or denied. */
    public enum Kind {
        ALLOW("Allowed"),
        DENY("Denied");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** The words that people read. */
        public String label() {
            return label;
        }
    }

    /**
     * What a stretch of time meets of it.
     *
     * @param spans occurrences in order; they may overlap
     * @param warnings what the zone's clocks did to an occurrence
     */
    public record Expansion(List<TimeSpan> spans, List<String> warnings) {

        /** Copies the lists. */
        public Expansion {
            spans = List.copyOf(spans);
            warnings = List.copyOf(warnings);
        }
    }

    private final ZoneId zone;
    private final LocalDateTime start;
    private final int days;
    private final Duration exact;
    private final boolean untilClocksShow;
    private final Optional<String> rule;
    private final Set<Integer> months;
    private final Optional<Integer> count;
    private final Optional<String> until;
    private final Set<LocalDateTime> more;
    private final Set<LocalDateTime> except;

    private RecurringTime(Lines lines) {
        this.zone = lines.zone();
        this.start = lines.start();
        this.days = lines.days;
        this.exact = lines.exact;
        this.untilClocksShow = lines.untilClocksShow;
        this.rule = lines.rule;
        this.months = lines.months;
        this.count = lines.count;
        this.until = lines.until;
        this.more = lines.more;
        this.except = lines.except;
    }

    /**
     * Reads the lines.
     *
     * @throws Refused when a line is missing, not understood or not allowed, or the zone does not exist
     */
    public static RecurringTime parse(String text) {
        if (text.isBlank() || text.length() > LONGEST) {
            throw refused("The rule has 1 to " + LONGEST + " characters.");
        }
        Lines lines = new Lines();
        List<String> all =
                text.replaceAll("\\r?\\n[ \\t]", "").lines().map(String::strip).toList();
        if (all.size() > MOST_LINES) {
            throw refused("The rule has at most " + MOST_LINES + " lines.");
        }
        all.stream().filter(line -> !line.isEmpty()).forEach(lines::read);
        RecurringTime parsed = new RecurringTime(lines.checked());
        LocalDateTime before = parsed.start.minusDays(1);
        if (parsed.starts(before, parsed.start.plusDays(400)).isEmpty()
                && parsed.starts(before, parsed.start.plusYears(YEARS_TO_COME)).isEmpty()) {
            throw refused("The rule never takes place; please look at its days and at UNTIL.");
        }
        return parsed;
    }

    /** Zone in which it is agreed on. */
    public ZoneId zone() {
        return zone;
    }

    /** First start, in local time. */
    public LocalDateTime start() {
        return start;
    }

    /** Whether it may come more than once a day. */
    public boolean hourly() {
        return rule.filter(text -> text.contains("FREQ=HOURLY")).isPresent();
    }

    /** Occurrences that a stretch of time meets. */
    public Expansion expand(Kind kind, TimeSpan range) {
        // A day more on each side than any zone has ever moved its clocks.
        LocalDateTime from = LocalDateTime.ofInstant(range.start(), zone)
                .minusDays(days + 2L)
                .minus(exact);
        LocalDateTime last = LocalDateTime.ofInstant(range.end(), zone).plusDays(2);
        List<TimeSpan> spans = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        for (LocalDateTime local : starts(from, last)) {
            occurrence(kind, local, warnings, range).filter(range::meets).ifPresent(spans::add);
        }
        return new Expansion(spans, warnings);
    }

    private Optional<TimeSpan> occurrence(Kind kind, LocalDateTime local, List<String> warnings, TimeSpan range) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (offsets.isEmpty() && kind == Kind.ALLOW) {
            if (range.contains(zone.getRules().getTransition(local).getInstant())) {
                warnings.add("The time of " + local + " does not take place, because clocks in " + zone + " skip it.");
            }
            return Optional.empty();
        }
        Instant first = earliest(local);
        Instant end = end(kind, local, first);
        if (offsets.size() != 1 && range.contains(first)) {
            warnings.add(
                    offsets.isEmpty()
                            ? "The time of " + local + " covers the gap that clocks in " + zone + " skip."
                            : "Clocks in " + zone + " show " + local + " twice; "
                                    + (kind == Kind.ALLOW ? "the first counts." : "both are covered."));
        }
        return first.isBefore(end) ? Optional.of(new TimeSpan(first, end)) : Optional.empty();
    }

    private Instant end(Kind kind, LocalDateTime local, Instant first) {
        LocalDateTime day = local.plusDays(days);
        if (untilClocksShow) {
            return kind == Kind.ALLOW ? earliest(day.plus(exact)) : latest(day.plus(exact));
        }
        return kind == Kind.ALLOW
                ? (days == 0 ? first : earliest(day)).plus(exact)
                : latest(day).plus(exact);
    }

    /** The first moment at which clocks show this, or pass over it. */
    private Instant earliest(LocalDateTime local) {
        ZoneOffsetTransition transition = zone.getRules().getTransition(local);
        if (transition == null) {
            return local.atZone(zone).toInstant();
        }
        return transition.isGap() ? transition.getInstant() : local.toInstant(transition.getOffsetBefore());
    }

    /** The last moment at which clocks show this, or would show it had they not been moved. */
    private Instant latest(LocalDateTime local) {
        ZoneOffsetTransition transition = zone.getRules().getTransition(local);
        if (transition == null) {
            return local.atZone(zone).toInstant();
        }
        return local.toInstant(transition.isGap() ? transition.getOffsetBefore() : transition.getOffsetAfter());
    }

    /** Local starts within a stretch of local time, in order. */
    private Set<LocalDateTime> starts(LocalDateTime from, LocalDateTime last) {
        TreeSet<LocalDateTime> starts = new TreeSet<>();
        if (rule.isEmpty()) {
            starts.add(start);
        } else if (!last.isBefore(start)) {
            starts.addAll(recurring(rule.get(), from, last));
        }
        starts.addAll(more);
        starts.removeAll(except);
        return starts.subSet(from, true, last, true);
    }

    private List<LocalDateTime> recurring(String text, LocalDateTime from, LocalDateTime last) {
        // What is counted is counted from the first on.
        LocalDateTime first = count.isPresent() || from.isBefore(start) ? start : from;
        List<LocalDateTime> dates = new Recur<LocalDateTime>(text).getDates(start, first, last.plusSeconds(1), MOST);
        if (dates.size() >= MOST) {
            throw refused("The rule recurs more than " + MOST + " times in the time that is asked for.");
        }
        List<LocalDateTime> kept = new ArrayList<>();
        int counted = 0;
        for (LocalDateTime date : dates) {
            if ((count.isPresent() && counted >= count.get()) || isOver(date)) {
                break;
            }
            // A week that reaches into the next month brings days of that month too.
            if (!months.isEmpty() && !months.contains(date.getMonthValue())) {
                continue;
            }
            kept.add(date);
            // A start that clocks skip is not counted.
            counted += zone.getRules().getValidOffsets(date).isEmpty() ? 0 : 1;
        }
        return kept;
    }

    private boolean isOver(LocalDateTime date) {
        return until.filter(text -> text.endsWith("Z")
                        ? earliest(date)
                                .isAfter(LocalDateTime.parse(text.substring(0, text.length() - 1), LOCAL)
                                        .toInstant(ZoneOffset.UTC))
                        : date.isAfter(
                                text.length() == 8
                                        ? LocalDate.parse(text, DATE).atTime(23, 59, 59)
                                        : LocalDateTime.parse(text, LOCAL)))
                .isPresent();
    }

    private static Refused refused(String sentence) {
        return new Refused("rule", sentence);
    }

    /** The lines as they are read. */
    private static final class Lines {

        private Optional<ZoneId> place = Optional.empty();
        private Optional<LocalDateTime> first = Optional.empty();
        private int days;
        private Duration exact = Duration.ZERO;
        private boolean lasts;
        private boolean untilClocksShow;
        private boolean wholeDays;
        private boolean listedDay;
        private boolean listedTime;
        private Optional<String> rule = Optional.empty();
        private final Set<Integer> months = new TreeSet<>();
        private Optional<Integer> count = Optional.empty();
        private Optional<String> until = Optional.empty();
        private final Set<LocalDateTime> more = new TreeSet<>();
        private final Set<LocalDateTime> except = new TreeSet<>();

        private void read(String line) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw refused("'" + shortened(line) + "' is no line of the form NAME:VALUE.");
            }
            String[] name = line.substring(0, colon).split(";", 3);
            String value = line.substring(colon + 1);
            switch (name[0].toUpperCase(Locale.ROOT)) {
                case "DTSTART" -> start(name, value);
                case "DTEND" -> end(name, value);
                case "DURATION" -> duration(value);
                case "RRULE" -> rule(value);
                case "RDATE" -> dates(name, value, more);
                case "EXDATE" -> dates(name, value, except);
                default ->
                    throw refused("'" + shortened(name[0])
                            + "' is not understood; please give DTSTART, DURATION or DTEND, RRULE, RDATE and EXDATE.");
            }
        }

        private void start(String[] name, String value) {
            if (first.isPresent()) {
                throw refused("DTSTART stands there twice.");
            }
            place = Optional.of(zoneOf(name)
                    .orElseThrow(() ->
                            refused("DTSTART needs a zone, such as DTSTART;TZID=Europe/Zurich:20260328T210000.")));
            first = Optional.of(local(name, value));
            wholeDays = isDay(name);
        }

        private void end(String[] name, String value) {
            zoneOf(name).filter(zone -> !zone.equals(zone())).ifPresent(other -> {
                throw refused("DTEND is in the zone of DTSTART, which stands before it.");
            });
            LocalDateTime end = local(name, value);
            if (lasts || !start().isBefore(end)) {
                throw refused("DTEND stands there once, without DURATION, and is after DTSTART.");
            }
            lasts = true;
            long whole = ChronoUnit.DAYS.between(start(), end);
            if (whole > LONGEST_DAYS) {
                throw refused("DTEND is at most " + LONGEST_DAYS + " days after DTSTART.");
            }
            days = (int) whole;
            exact = Duration.between(start().plusDays(whole), end);
            untilClocksShow = true;
        }

        private static Optional<ZoneId> zoneOf(String[] name) {
            Optional<String> named = Arrays.stream(name)
                    .skip(1)
                    .filter(parameter -> parameter.toUpperCase(Locale.ROOT).startsWith("TZID="))
                    .map(parameter -> parameter.substring(5))
                    .findFirst();
            named.filter(zone -> !ZoneId.getAvailableZoneIds().contains(zone)).ifPresent(unknown -> {
                throw refused(
                        "'" + shortened(unknown) + "' is no zone; please name an IANA zone such as Europe/Zurich.");
            });
            return named.map(ZoneId::of);
        }

        /** A local time, or the beginning of a whole day where the line says so. */
        private static LocalDateTime local(String[] name, String value) {
            try {
                return isDay(name) ? LocalDate.parse(value, DATE).atStartOfDay() : local(value);
            } catch (DateTimeException unreadable) {
                throw refused("'" + shortened(value) + "' is no day such as 20261224.");
            }
        }

        private static boolean isDay(String[] name) {
            return Arrays.stream(name).skip(1).anyMatch("VALUE=DATE"::equalsIgnoreCase);
        }

        private static LocalDateTime local(String value) {
            try {
                return LocalDateTime.parse(value, LOCAL);
            } catch (DateTimeException unreadable) {
                throw refused("'" + shortened(value) + "' is no local time such as 20260328T210000.");
            }
        }

        private void duration(String value) {
            Matcher matcher = DURATION.matcher(value);
            if (lasts || !matcher.matches() || value.endsWith("P") || value.endsWith("T")) {
                throw refused("DURATION stands there once, such as PT4H or P1D.");
            }
            lasts = true;
            days = number(matcher, 1) * 7 + number(matcher, 2);
            exact = Duration.ofHours(number(matcher, 3))
                    .plusMinutes(number(matcher, 4))
                    .plusSeconds(number(matcher, 5));
        }

        private static int number(Matcher matcher, int group) {
            String digits = matcher.group(group);
            return digits == null ? 0 : Integer.parseInt(digits);
        }

        private void rule(String value) {
            if (rule.isPresent()) {
                throw refused("RRULE stands there twice; please enter two calendars.");
            }
            List<String> kept = new ArrayList<>();
            Set<String> named = new TreeSet<>();
            for (String part : value.split(";", -1)) {
                if (!PART.matcher(part).matches()) {
                    throw refused("'" + shortened(part) + "' is no part of an RRULE.");
                }
                String partName = part.substring(0, part.indexOf('='));
                if (!named.add(partName)) {
                    throw refused("The RRULE has " + partName + " twice; please keep one of them.");
                }
                if (part.startsWith("COUNT=")) {
                    count = Optional.of(counted(part.substring(6)));
                } else if (part.startsWith("UNTIL=")) {
                    until = Optional.of(moment(part.substring(6)));
                } else {
                    kept.add(checked(part));
                }
            }
            if (kept.stream().noneMatch(part -> part.startsWith("WKST="))) {
                // What RFC 5545 says where nothing is said; the library would take the week of this machine's country.
                kept.add("WKST=MO");
            }
            String text = String.join(";", kept);
            if (text.contains("FREQ=SECONDLY")
                    || text.contains("FREQ=MINUTELY")
                    || text.contains("BYSECOND")
                    || !text.contains("FREQ=")) {
                throw refused("An RRULE recurs HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY, and not by seconds.");
            }
            if (count.isPresent() && until.isPresent()) {
                throw refused("An RRULE has COUNT or UNTIL, and not both.");
            }
            try {
                new Recur<LocalDateTime>(text);
            } catch (RuntimeException unreadable) {
                throw refused(
                        "The RRULE '" + shortened(text) + "' is not understood; please look at its parts in RFC 5545.");
            }
            rule = Optional.of(text);
        }

        private String checked(String part) {
            if (part.startsWith("INTERVAL=") && !part.matches("INTERVAL=[1-9]\\d{0,3}")) {
                throw refused("INTERVAL is a number from 1 to 9999.");
            }
            if (part.startsWith("BYMONTH=")) {
                if (!part.matches("BYMONTH=(0?[1-9]|1[0-2])(,(0?[1-9]|1[0-2]))*")) {
                    throw refused("BYMONTH names months from 1 to 12.");
                }
                Arrays.stream(part.substring(8).split(",", -1))
                        .map(Integer::valueOf)
                        .forEach(months::add);
            }
            return part;
        }

        private static int counted(String digits) {
            if (!digits.matches("\\d{1,5}") || Integer.parseInt(digits) < 1 || Integer.parseInt(digits) >= MOST) {
                throw refused("COUNT is a number from 1 to " + (MOST - 1) + ".");
            }
            return Integer.parseInt(digits);
        }

        private static String moment(String text) {
            if (text.matches("\\d{8}")) {
                try {
                    LocalDate.parse(text, DATE);
                    return text;
                } catch (DateTimeException unreadable) {
                    throw refused("UNTIL names a day that does not exist.");
                }
            }
            local(text.endsWith("Z") ? text.substring(0, text.length() - 1) : text);
            return text;
        }

        private void dates(String[] name, String value, Set<LocalDateTime> into) {
            zoneOf(name).filter(zone -> !zone.equals(zone())).ifPresent(other -> {
                throw refused("RDATE and EXDATE are in the zone of DTSTART, which stands before them.");
            });
            for (String date : value.split(",", -1)) {
                into.add(local(name, date));
            }
            if (isDay(name)) {
                listedDay = true;
            } else {
                listedTime = true;
            }
            if (into.size() > MOST_DATES) {
                throw refused("RDATE and EXDATE name at most " + MOST_DATES + " times.");
            }
        }

        private Lines checked() {
            if (first.isEmpty()) {
                throw refused("DTSTART is missing, such as DTSTART;TZID=Europe/Zurich:20260328T210000.");
            }
            if (!lasts || (days == 0 && exact.isZero()) || days > LONGEST_DAYS || exact.toDays() > LONGEST_DAYS) {
                throw refused("DURATION is missing or not between a second and " + LONGEST_DAYS
                        + " days, such as PT4H or P1D.");
            }
            // A day names no start of a day that has its hour, so it would leave out nothing.
            if (wholeDays ? listedTime : listedDay) {
                throw refused(
                        wholeDays
                                ? "RDATE and EXDATE name days, as DTSTART does, such as EXDATE;VALUE=DATE:20261224."
                                : "RDATE and EXDATE name the hour too, as DTSTART does, such as EXDATE:20261224T"
                                        + start().format(LOCAL).substring(9) + " without VALUE=DATE.");
            }
            return this;
        }

        private ZoneId zone() {
            return place.orElseThrow(() -> refused("DTSTART with its zone comes first."));
        }

        private LocalDateTime start() {
            return first.orElseThrow(() -> refused("DTSTART is missing."));
        }

        private static String shortened(String text) {
            return Beginning.marked(text, 80);
        }
    }
}
