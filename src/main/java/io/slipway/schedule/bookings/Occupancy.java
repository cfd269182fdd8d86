package io.slipway.schedule.bookings;

import io.slipway.release.EnvironmentSites.Site;
import io.slipway.schedule.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.chocosolver.solver.Model;
import org.chocosolver.solver.Solver;
import org.chocosolver.solver.variables.IntVar;
import org.chocosolver.solver.variables.Task;

/**
 * When a place is blocked and when it has room.
 *
 * @param site what the place is like
 * @param busy stretches in which one use each blocks it, set-up and tear-down included
 */
record Occupancy(Site site, List<TimeSpan> busy) {

    /** How far ahead free times are looked for. */
    static final Duration HORIZON = Duration.ofDays(90);

    /** Most bookings that are moved together. */
    static final int MOST_MOVED = 12;

    private static final Duration STEP = Duration.ofMinutes(5);

    Occupancy {
        busy = List.copyOf(busy);
    }

    /** A time of use with set-up before and tear-down after it. */
    TimeSpan blocked(TimeSpan span) {
        return new TimeSpan(span.start().minus(site.setUp()), span.end().plus(site.tearDown()));
    }

    /** Whether one more may use the place in this time, set-up and tear-down added. */
    boolean hasRoom(TimeSpan span) {
        TimeSpan wanted = blocked(span);
        List<TimeSpan> met = busy.stream().filter(wanted::meets).toList();
        // The number of uses only grows where one begins.
        return Stream.concat(Stream.of(wanted.start()), met.stream().map(TimeSpan::start))
                .filter(wanted::contains)
                .allMatch(moment ->
                        met.stream().filter(use -> use.contains(moment)).count() < site.capacity());
    }

    /** The next times of this length that have room, from the wanted start on; the earliest first. */
    List<TimeSpan> nextFree(TimeSpan wanted, int most) {
        Duration length = Duration.between(wanted.start(), wanted.end());
        List<TimeSpan> free = new ArrayList<>();
        Instant last = wanted.start().plus(HORIZON);
        List<Instant> starts = Stream.concat(
                        Stream.of(wanted.start()),
                        busy.stream().map(use -> use.end().plus(site.setUp())))
                .filter(start -> !start.isBefore(wanted.start()) && start.isBefore(last))
                .distinct()
                .sorted()
                .toList();
        for (Instant start : starts) {
            TimeSpan span = new TimeSpan(start, start.plus(length));
            if (free.size() < most && hasRoom(span)) {
                free.add(span);
            }
        }
        return free;
    }

    /**
     * Moves uses so that all of them fit beside what is busy, none to an earlier time, with the least delay in sum; solved for all
     * together. Starts are found in steps of five minutes from the first wanted start.
     *
     * @param movable times of use as they are wanted
     * @return the times of use in the same order; empty when there is no such plan within the horizon, or they are too many
     */
    List<TimeSpan> moved(List<TimeSpan> movable) {
        if (movable.isEmpty() || movable.size() > MOST_MOVED) {
            return List.of();
        }
        Instant origin = movable.stream()
                .map(TimeSpan::start)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        TimeSpan horizon = new TimeSpan(origin.minus(site.setUp()), origin.plus(HORIZON));
        Model model = new Model("bookings");
        List<Task> tasks = new ArrayList<>();
        List<IntVar> starts = new ArrayList<>();
        int end = steps(HORIZON);
        for (TimeSpan use : busy.stream().filter(horizon::meets).toList()) {
            int from = (int)
                    Math.floorDiv(Duration.between(horizon.start(), use.start()).toSeconds(), STEP.toSeconds());
            int until = steps(Duration.between(horizon.start(), use.end()));
            tasks.add(new Task(model.intVar(from), model.intVar(until - from), model.intVar(until)));
        }
        for (TimeSpan use : movable) {
            TimeSpan block = blocked(use);
            int earliest = steps(Duration.between(horizon.start(), block.start()));
            int length = steps(Duration.between(block.start(), block.end()));
            if (earliest + length > end) {
                return List.of();
            }
            IntVar start = model.intVar("start" + starts.size(), earliest, end - length, true);
            starts.add(start);
            tasks.add(model.taskVar(start, length));
        }
        IntVar[] heights = new IntVar[tasks.size()];
        java.util.Arrays.fill(heights, model.intVar(1));
        model.cumulative(tasks.toArray(Task[]::new), heights, model.intVar(site.capacity()))
                .post();
        IntVar sum = model.intVar("sum", 0, end * starts.size(), true);
        model.sum(starts.toArray(IntVar[]::new), "=", sum).post();
        model.setObjective(Model.MINIMIZE, sum);
        Solver solver = model.getSolver();
        solver.limitTime("3s");
        List<TimeSpan> best = List.of();
        while (solver.solve()) {
            List<TimeSpan> found = new ArrayList<>();
            for (int i = 0; i < movable.size(); i++) {
                Duration length =
                        Duration.between(movable.get(i).start(), movable.get(i).end());
                Instant start = horizon.start()
                        .plus(STEP.multipliedBy(starts.get(i).getValue()))
                        .plus(site.setUp());
                Instant first =
                        start.isBefore(movable.get(i).start()) ? movable.get(i).start() : start;
                found.add(new TimeSpan(first, first.plus(length)));
            }
            best = found;
        }
        return best;
    }

    private static int steps(Duration duration) {
        return (int) -Math.floorDiv(-duration.toSeconds(), STEP.toSeconds());
    }
}
