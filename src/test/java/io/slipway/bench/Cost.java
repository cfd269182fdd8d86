package io.slipway.bench;

import io.slipway.testing.CountedStatements;
import java.util.Collection;

/**
 * What something took.
 *
 * @param nanos time of the thread that did it
 * @param statements that it prepared in the database
 */
record Cost(long nanos, int statements) {

    static final Cost NONE = new Cost(0, 0);

    /** Does something and says what it took. */
    static Cost of(CountedStatements.Work work) throws Exception {
        long begun = System.nanoTime();
        int statements = CountedStatements.during(work).size();
        return new Cost(System.nanoTime() - begun, statements);
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
        return new Cost(nanos + other.nanos, statements + other.statements);
    }

    Cost minus(Cost other) {
        return new Cost(nanos - other.nanos, statements - other.statements);
    }

    double millis() {
        return nanos / 1e6;
    }

    /** The nearest rank of a share of all, in milliseconds; NaN of none. */
    static double millis(Collection<Cost> all, double share) {
        double[] sorted = all.stream().mapToDouble(Cost::millis).sorted().toArray();
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
