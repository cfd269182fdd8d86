package io.slipway.governance.changes;

import io.slipway.integration.changes.Change;
import io.slipway.integration.changes.ChangeFilter;
import io.slipway.release.Refused;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Which changes somebody wants to see, as typed; empty texts restrict nothing.
 *
 * @param system key of a system
 * @param state name of a state of changes
 * @param outcome name of an outcome of changes
 * @param from first day, in UTC, on which they were opened
 * @param to last day, in UTC, on which they were opened
 */
public record ChangeQuery(String system, String state, String outcome, String from, String to) {

    private static final int LONGEST = 64;

    /**
     * Checks what is given.
     *
     * @throws Refused naming the field that cannot be read
     */
    public ChangeQuery {
        system = system.strip();
        state = state.strip();
        outcome = outcome.strip();
        from = from.strip();
        to = to.strip();
        if (system.length() > LONGEST) {
            throw new Refused("system", "'system' has at most " + LONGEST + " characters.");
        }
        one("state", state, Change.State.values());
        one("outcome", outcome, Change.Outcome.values());
        Optional<LocalDate> first = day("from", from);
        Optional<LocalDate> last = day("to", to);
        if (first.isPresent() && last.isPresent() && last.get().isBefore(first.get())) {
            throw new Refused("to", "The last day lies before the first; please swap them.");
        }
    }

    /** What the register is asked. */
    ChangeFilter filter() {
        return new ChangeFilter(
                Optional.of(system).filter(key -> !key.isEmpty()),
                one("state", state, Change.State.values()),
                one("outcome", outcome, Change.Outcome.values()),
                day("from", from).map(ChangeQuery::begin),
                day("to", to).map(day -> begin(day.plusDays(1))));
    }

    private static Instant begin(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static <E extends Enum<E>> Optional<E> one(String field, String name, E[] known) {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(known)
                .filter(value -> value.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new Refused(field, "'" + field + "' must be one of " + Arrays.toString(known) + ".")));
    }

    private static Optional<LocalDate> day(String field, String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(text)).filter(ChangeQuery::near).or(() -> {
                throw new Refused(field, "'" + field + "' is a day of the years 1970 to 9999.");
            });
        } catch (DateTimeParseException e) {
            throw new Refused(field, "'" + field + "' is a day such as 2026-03-14.");
        }
    }

    /** What databases can compare. */
    private static boolean near(LocalDate day) {
        return day.getYear() >= 1970 && day.getYear() < 9999;
    }
}
