package io.slipway.governance;

import io.slipway.release.Refused;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Which entries of the audit trail are looked for; empty texts restrict nothing.
 *
 * @param release key of a release
 * @param ticket number of a change ticket
 * @param person login name or opaque id of whoever did it, or {@code system}
 * @param action what happened, such as {@code approval.decide}, or its module with a dot at the end, such as {@code approval.}
 * @param from first day in UTC
 * @param to last day in UTC
 */
public record AuditFilter(String release, String ticket, String person, String action, String from, String to) {

    private static final int LONGEST = 100;

    /**
     * Checks what is given.
     *
     * @throws Refused naming the field that cannot be read
     */
    public AuditFilter {
        release = bounded("release", release);
        ticket = bounded("ticket", ticket);
        person = bounded("person", person);
        action = bounded("action", action);
        Optional<LocalDate> first = day("from", from);
        Optional<LocalDate> last = day("to", to);
        if (first.isPresent() && last.isPresent() && last.get().isBefore(first.get())) {
            throw new Refused("to", "The last day lies before the first; please swap them.");
        }
    }

    /** Whether anything is restricted. */
    public boolean any() {
        return !(release + ticket + person + action + from + to).isEmpty();
    }

    /** First day. */
    Optional<LocalDate> first() {
        return day("from", from);
    }

    /** Last day. */
    Optional<LocalDate> last() {
        return day("to", to);
    }

    private static String bounded(String field, String text) {
        String said = text.strip();
        if (said.length() > LONGEST) {
            throw new Refused(field, "'" + field + "' has at most " + LONGEST + " characters.");
        }
        return said;
    }

    private static Optional<LocalDate> day(String field, String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(text.strip()));
        } catch (DateTimeParseException e) {
            throw new Refused(field, "'" + field + "' is a day such as 2026-03-14.");
        }
    }
}
