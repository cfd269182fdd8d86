package io.slipway.bench;

import io.slipway.testing.CountedStatements;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.function.ToDoubleFunction;

/**
 * What something took.
 *
 * @param nanos time that went by
 * @param busy nanoseconds of a processor that its thread had of it; the embedded database works on the same thread
 * @param statements that it prepared in the database
 */
record Cost(long nanos, long busy, int statements) {

    static final Cost NONE = new Cost(0, 0, 0);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Does something and says what it took. */
    static Cost of(CountedStatements.Work work) throws Exception {
        long busy = THREADS.getCurrentThreadCpuTime();
        long begun = System.nanoTime();
        int statements = CountedStatements.during(work).size();
        return new Cost(System.nanoTime() - begun, THREADS.getCurrentThreadCpuTime() - busy, statements);
    }

    /** The same of what declares no exception. */
    static Cost ofRunning(Runnable work) {
        try {
            return of(work::run);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("A runnable declares no exception", e);
        }
    }

    Cost plus(Cost other) {
        return new Cost(nanos + other.nanos, busy + other.busy, statements + other.statements);
    }

    Cost minus(Cost other) {
        return new Cost(nanos - other.nanos, busy - other.busy, statements - other.statements);
    }

    double millis() {
        return nanos / 1e6;
    }

    /** The nearest rank of a share of all, in milliseconds; NaN of none. */
    static double millis(Collection<Cost> all, double share) {
        return ranked(all, Cost::millis, share);
    }

    /** The same of the time of a processor. */
    static double busyMillis(Collection<Cost> all, double share) {
        return ranked(all, cost -> cost.busy() / 1e6, share);
    }

    private static double ranked(Collection<Cost> all, ToDoubleFunction<Cost> time, double share) {
        double[] sorted = all.stream().mapToDouble(time).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[rank(sorted.length, share)];
    }

    /** The nearest rank of a share of all; 0 of none. */
    static int statements(Collection<Cost> all, double share) {
        int[] sorted = all.stream().mapToInt(Cost::statements).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[rank(sorted.length, share)];
    }

    private static int rank(int size, double share) {
        return Math.max(0, (int) Math.ceil(share * size) - 1);
    }
}
