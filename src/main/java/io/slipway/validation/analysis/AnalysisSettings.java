package io.slipway.validation.analysis;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How what is measured after a release is compared with what was measured before.
 *
 * @param metrics rules by key of the system; a system without any is not compared
 * @param step length of the steps in which values are read
 * @param alpha probability of a false alarm over all metrics together
 * @param minPoints values that each side must have
 * @param baseline what is compared with
 * @param onInconclusive what follows when nothing can be said
 */
@ConfigurationProperties(value = "slipway.analysis", ignoreUnknownFields = false)
public record AnalysisSettings(
        @DefaultValue Map<String, List<MetricRule>> metrics,
        @DefaultValue("PT30S") Duration step,
        @DefaultValue("0.02") double alpha,
        @DefaultValue("50") int minPoints,
        @DefaultValue("BEFORE") Baseline baseline,
        @DefaultValue("ASK") OnInconclusive onInconclusive) {

    /** Refuses steps that no source of metrics could answer. */
    public AnalysisSettings {
        if (step.toSeconds() < 1 || step.toMillis() % 1000 != 0) {
            throw new IllegalArgumentException("slipway.analysis.step has at least one whole second: " + step);
        }
        judge(alpha, minPoints);
    }

    /** What a release is compared with. */
    public enum Baseline {
        /** The same length of time before the deployment. */
        BEFORE,
        /** The same hours of the last four weeks, where anything was measured then. */
        SAME_HOURS
    }

    /** What follows from an inconclusive comparison. */
    public enum OnInconclusive {
        /** The release goes on; the comparison stays as it is for everybody to read. */
        ACCEPT,
        /** A person decides. */
        ASK
    }

    private static Judge judge(double alpha, int minPoints) {
        return new Judge(alpha, minPoints);
    }

    /** The judge that these settings ask for. */
    public Judge judge() {
        return judge(alpha, minPoints);
    }

    /** Rules for a system; empty where it is not compared. */
    public List<MetricRule> rulesOf(String system) {
        return metrics.getOrDefault(system, List.of());
    }
}
