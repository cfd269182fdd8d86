package io.slipway.validation.analysis;

/**
 * What the comparison of one metric found.
 *
 * @param before values before
 * @param after values after
 * @param medianBefore median before
 * @param medianAfter median after
 * @param pValue probability of such a difference without a change for the worse, corrected for the number of metrics; 1 where nothing
 *     was tested
 * @param shift how far the values rose, in the unit of the metric
 * @param shiftLow lower end of its confidence interval
 * @param shiftHigh upper end of its confidence interval
 * @param superiority probability that a value after is larger than one before
 * @param material smallest change that matters, in the unit of the metric
 * @param detectable smallest change that this comparison would have found in four of five cases, in the unit of the metric; NaN where
 *     nothing could be compared
 * @param sentence why the verdict is so, and what would change it
 */
public record MetricVerdict(
        String metric,
        Verdict verdict,
        int before,
        int after,
        double medianBefore,
        double medianAfter,
        double pValue,
        double shift,
        double shiftLow,
        double shiftHigh,
        double superiority,
        double material,
        double detectable,
        String sentence) {

    /** Nothing can be said of a metric, for the reason of a sentence. */
    public static MetricVerdict inconclusive(String metric, int before, int after, String sentence) {
        double none = Double.NaN;
        return new MetricVerdict(
                metric,
                Verdict.INCONCLUSIVE,
                before,
                after,
                none,
                none,
                1,
                none,
                none,
                none,
                none,
                none,
                none,
                sentence);
    }
}
