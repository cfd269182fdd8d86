package io.slipway.governance.reports;

import io.slipway.release.Refused;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/**
 * The days that a report is about, in UTC.
 *
 * @param from first day
 * @param to last day
 */
public record Period(LocalDate from, LocalDate to) {

    private static final int USUAL = 90;
    private static final int LONGEST = 800;

    /**
     * Checks the order.
     *
     * @throws Refused when it ends before it begins or is too long
     */
    public Period {
        if (to.isBefore(from)) {
            throw new Refused("to", "The last day lies before the first; please swap them.");
        }
        if (ChronoUnit.DAYS.between(from, to) > LONGEST) {
            throw new Refused("to", "A report covers at most " + LONGEST + " days.");
        }
    }

    /**
     * Reads days such as 2026-03-14; without them, the last ninety.
     *
     * @throws Refused naming the field that cannot be read
     */
    public static Period of(String from, String to, Instant now) {
        LocalDate last = to.isBlank() ? now.atOffset(ZoneOffset.UTC).toLocalDate() : day("to", to);
        return new Period(from.isBlank() ? last.minusDays(USUAL - 1) : day("from", from), last);
    }

    private static LocalDate day(String field, String text) {
        try {
            return LocalDate.parse(text.strip());
        } catch (DateTimeParseException e) {
            throw new Refused(field, "'" + field + "' is a day such as 2026-03-14.");
        }
    }

    /** Number of days. */
    public long days() {
        return ChronoUnit.DAYS.between(from, to) + 1;
    }

    /** First moment. */
    public Instant start() {
        return from.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** First moment after it. */
    public Instant end() {
        return to.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
