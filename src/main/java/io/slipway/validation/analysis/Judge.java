package io.slipway.validation.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/**
 * Judges metrics after a release against those before it: the test by Mann and Whitney, corrected after Holm for the number of metrics,
 * and an estimate of the change with its confidence interval. A metric is degraded when it changed for the worse beyond chance and by
 * as much as matters; it passes when a change that matters can be excluded; everything else is inconclusive, and so is what has too few
 * values.
 *
 * @param alpha probability of a false alarm over all metrics together
 * @param least values that each side must have
 */
public record Judge(double alpha, int least) {

    /** One-sided quantile for finding a change in four of five cases. */
    private static final double POWER = 0.8416212335729143;

    /** Refuses what would always or never alarm. */
    public Judge {
        if (!(alpha > 0) || alpha > 0.2 || least < 5) {
            throw new IllegalArgumentException(
                    "A judge needs a probability of false alarms up to 0.2 and at least 5 values: " + alpha + ", "
                            + least);
        }
    }

    /** One metric with its values; they are finite, in the order of time. */
    public static final class Sample {

        private final MetricRule rule;
        private final double[] before;
        private final double[] after;

        /** Keeps its own copies of the values. */
        public Sample(MetricRule rule, double[] before, double[] after) {
            this.rule = rule;
            this.before = before.clone();
            this.after = after.clone();
        }

        MetricRule rule() {
            return rule;
        }

        double[] before() {
            return before;
        }

        double[] after() {
            return after;
        }
    }

    private record Tested(Sample sample, double pValue) {}

    /** Judges all metrics of one comparison. */
    public List<MetricVerdict> judge(List<Sample> samples) {
        List<MetricVerdict> verdicts = new ArrayList<>();
        List<Tested> tested = new ArrayList<>();
        for (Sample sample : samples) {
            if (sample.before().length < least || sample.after().length < least) {
                verdicts.add(MetricVerdict.inconclusive(
                        sample.rule().metric(),
                        sample.before().length,
                        sample.after().length,
                        "There are " + sample.before().length + " values before and " + sample.after().length
                                + " after, and " + least
                                + " of each are needed; a longer bake time or shorter steps give more."));
            } else if (Arrays.stream(sample.before()).allMatch(Double::isFinite)
                    && Arrays.stream(sample.after()).allMatch(Double::isFinite)) {
                tested.add(new Tested(sample, pValue(sample)));
            } else {
                verdicts.add(MetricVerdict.inconclusive(
                        sample.rule().metric(),
                        sample.before().length,
                        sample.after().length,
                        "Some values are no numbers, so nothing is said; please correct the query of the metric."));
            }
        }
        double[] adjusted = holm(tested.stream().mapToDouble(Tested::pValue).toArray());
        for (int i = 0; i < tested.size(); i++) {
            verdicts.add(verdict(tested.get(i).sample(), adjusted[i], tested.size()));
        }
        verdicts.sort(Comparator.comparingInt(verdict -> place(samples, verdict.metric())));
        return verdicts;
    }

    private static int place(List<Sample> samples, String metric) {
        return IntStream.range(0, samples.size())
                .filter(i -> samples.get(i).rule().metric().equals(metric))
                .findFirst()
                .orElse(samples.size());
    }

    /** The verdict over all metrics: the worst; no metric at all is inconclusive. */
    public static Verdict worst(List<MetricVerdict> verdicts) {
        return verdicts.stream()
                .map(MetricVerdict::verdict)
                .max(Comparator.naturalOrder())
                .orElse(Verdict.INCONCLUSIVE);
    }

    private static double pValue(Sample sample) {
        if (constant(sample)) {
            return 1;
        }
        return MannWhitneyUTest.withDefaults()
                .with(
                        sample.rule().direction() == MetricRule.Direction.INCREASE
                                ? AlternativeHypothesis.GREATER_THAN
                                : AlternativeHypothesis.LESS_THAN)
                .test(sample.after(), sample.before())
                .getPValue();
    }

    private static boolean constant(Sample sample) {
        double first = sample.before()[0];
        return Arrays.stream(sample.before()).allMatch(value -> value == first)
                && Arrays.stream(sample.after()).allMatch(value -> value == first);
    }

    /** Adjusts p-values after Holm: the smallest is multiplied by their number, the next by one less, never falling. */
    static double[] holm(double[] pValues) {
        Integer[] order = IntStream.range(0, pValues.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> pValues[i]));
        double[] adjusted = new double[pValues.length];
        double last = 0;
        for (int rank = 0; rank < order.length; rank++) {
            last = Math.max(last, Math.min(1, pValues[order[rank]] * (order.length - rank)));
            adjusted[order[rank]] = last;
        }
        return adjusted;
    }

    private MetricVerdict verdict(Sample sample, double pValue, int metrics) {
        double z = Normal.quantile(1 - alpha / (2.0 * metrics));
        Shift shift = Shift.of(sample.before(), sample.after(), z);
        double before = median(sample.before());
        double after = median(sample.after());
        double material =
                Math.max(sample.rule().share() * Math.abs(before), sample.rule().floor());
        boolean increase = sample.rule().direction() == MetricRule.Direction.INCREASE;
        double worse = increase ? shift.estimate() : -shift.estimate();
        double worst = increase ? shift.high() : -shift.low();
        double detectable = (shift.high() - shift.low()) / 2 * (z + POWER) / z;
        Verdict verdict;
        String why;
        if (constant(sample) || Arrays.equals(sorted(sample.before()), sorted(sample.after()))) {
            verdict = Verdict.PASS;
            why = "The values are the same before and after.";
        } else if (pValue < alpha && worse > 0 && worse >= material) {
            verdict = Verdict.DEGRADED;
            why = "It changed for the worse by " + told(worse) + ", beyond chance and by at least the " + told(material)
                    + " that matter.";
        } else if (worst <= material) {
            verdict = Verdict.PASS;
            why = "A change for the worse by the " + told(material) + " that matter can be excluded.";
        } else {
            verdict = Verdict.INCONCLUSIVE;
            why = "A change for the worse by the " + told(material)
                    + " that matter is neither shown nor excluded; more values or a larger threshold would decide it.";
        }
        return new MetricVerdict(
                sample.rule().metric(),
                verdict,
                sample.before().length,
                sample.after().length,
                before,
                after,
                pValue,
                shift.estimate(),
                shift.low(),
                shift.high(),
                shift.superiority(),
                material,
                detectable,
                why + " The smallest change that this comparison would have found in four of five cases is "
                        + told(detectable) + ".");
    }

    private static double median(double[] values) {
        return Shift.median(sorted(values));
    }

    private static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    private static String told(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }
}
