package io.slipway.deployment.traffic;

import java.util.Locale;
import org.apache.commons.numbers.gamma.LogBeta;

/**
 * Whether a rate of errors is surely above a threshold, judged so that looking after every request raises no more false alarms than
 * looking once: an E-value of errors against the threshold, with a mixture over all rates around it. It is at least {@code 1 / alpha}
 * with a probability of at most {@code alpha} when the true rate is the threshold, however often somebody looks.
 *
 * @param threshold highest rate that is accepted, between 0 and 1
 * @param alpha probability of a false alarm
 * @param minimum requests below which nothing is judged
 */
record ErrorRateRule(double threshold, double alpha, long minimum) {

    /** Weight of the mixture, in requests. */
    private static final double WEIGHT = 20;

    ErrorRateRule {
        if (!(threshold > 0 && threshold < 1) || !(alpha > 0 && alpha < 1) || minimum < 1) {
            throw new IllegalArgumentException("An error rate is judged with a threshold and a probability between 0"
                    + " and 1 and at least one request: " + threshold + ", " + alpha + ", " + minimum);
        }
    }

    /** What the counts say. */
    enum Verdict {
        TOO_FEW,
        ACCEPTED,
        SUSPICIOUS,
        BREACHED
    }

    /**
     * Judged counts.
     *
     * @param logEvidence natural logarithm of the E-value
     */
    record Judgement(Verdict verdict, double logEvidence, String sentence) {}

    Judgement judge(long requests, long errors) {
        double rate = requests == 0 ? 0 : (double) errors / requests;
        double evidence = logEvidence(requests, errors);
        double needed = -Math.log(alpha);
        String counted = errors + " of " + requests + " requests failed (" + percent(rate) + ", threshold "
                + percent(threshold) + ")";
        if (requests < minimum) {
            return new Judgement(
                    Verdict.TOO_FEW, evidence, counted + "; " + minimum + " requests are needed before it is judged.");
        }
        if (rate <= threshold) {
            return new Judgement(Verdict.ACCEPTED, evidence, counted + ".");
        }
        if (evidence < needed) {
            return new Judgement(
                    Verdict.SUSPICIOUS,
                    evidence,
                    counted + "; that may still be chance: the evidence is " + evidence(evidence) + " of "
                            + evidence(needed) + " needed for certainty of " + percent(1 - alpha) + ".");
        }
        return new Judgement(
                Verdict.BREACHED,
                evidence,
                counted + ", and it is not chance: the evidence is " + evidence(evidence) + ", and " + evidence(needed)
                        + " is enough for certainty of " + percent(1 - alpha) + ".");
    }

    private double logEvidence(long requests, long errors) {
        double a = WEIGHT * threshold;
        double b = WEIGHT * (1 - threshold);
        long good = requests - errors;
        return LogBeta.value(a + errors, b + good)
                - LogBeta.value(a, b)
                - errors * Math.log(threshold)
                - good * Math.log1p(-threshold);
    }

    private static String evidence(double log) {
        double value = Math.exp(log);
        return value >= 1_000_000 ? "over 1,000,000" : String.format(Locale.ROOT, "%.1f", value);
    }

    static String percent(double rate) {
        return String.format(Locale.ROOT, "%.1f", rate * 100) + " %";
    }
}
