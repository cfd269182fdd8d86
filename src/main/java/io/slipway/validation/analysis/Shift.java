package io.slipway.validation.analysis;

import java.util.Arrays;

/**
 * How far values lie above others: the Hodges–Lehmann estimate, which is the median of all pairwise differences, with a confidence
 * interval from the order statistics of these differences. Nothing is searched for numerically, so that the scale of the values makes no
 * difference.
 *
 * @param estimate median difference
 * @param low lower end of the interval
 * @param high upper end of the interval
 * @param superiority probability that a value after is larger than one before, ties counted half
 */
record Shift(double estimate, double low, double high, double superiority) {

    /** More pairs than this are not formed; of longer samples evenly spaced values are taken. */
    private static final int MOST_PAIRS = 4_000_000;

    /**
     * Estimates the shift.
     *
     * @param z quantile of the normal distribution that belongs to the confidence
     */
    static Shift of(double[] before, double[] after, double z) {
        int most = (int) Math.floor(Math.sqrt(MOST_PAIRS));
        double[] x = thinned(before, most);
        double[] y = thinned(after, most);
        int n = x.length;
        int m = y.length;
        double[] differences = new double[n * m];
        double wins = 0;
        int at = 0;
        for (double later : y) {
            for (double earlier : x) {
                differences[at++] = later - earlier;
                wins += later > earlier ? 1 : later == earlier ? 0.5 : 0;
            }
        }
        Arrays.sort(differences);
        double pairs = (double) n * m;
        long c = Math.round(pairs / 2 - z * Math.sqrt(pairs * (n + m + 1) / 12));
        int low = (int) Math.max(1, c);
        int high = (int) Math.min(differences.length, (long) differences.length + 1 - c);
        return new Shift(median(differences), differences[low - 1], differences[high - 1], wins / pairs);
    }

    private static double[] thinned(double[] values, int most) {
        if (values.length <= most) {
            return values;
        }
        double[] thinned = new double[most];
        for (int i = 0; i < most; i++) {
            thinned[i] = values[(int) ((long) i * values.length / most)];
        }
        return thinned;
    }

    /** The median of sorted values. */
    static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
