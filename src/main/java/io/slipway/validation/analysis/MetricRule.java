package io.slipway.validation.analysis;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How one metric is judged.
 *
 * @param metric its name at the source of metrics, such as {@code latency_mean}
 * @param direction in which it must not change
 * @param material smallest change that matters, as a share of the median before, such as 0.05; there is no default for it
 * @param floor smallest change that matters in the unit of the metric, for metrics that are often 0
 */
public record MetricRule(
        String metric,
        @DefaultValue("INCREASE") Direction direction,
        @Nullable Double material,
        @DefaultValue("0") double floor) {

    /** Refuses a rule that does not say which change matters: with enough values every change is significant. */
    public MetricRule {
        if (metric == null || metric.isBlank()) {
            throw new IllegalArgumentException("A rule for a metric names the metric");
        }
        if (material == null || !(material > 0) || material > 10) {
            throw new IllegalArgumentException("The rule for '" + metric
                    + "' must say by 'material' which change matters, such as 0.05 for 5 percent; it says " + material);
        }
        if (!(floor >= 0)) {
            throw new IllegalArgumentException("The floor of '" + metric + "' is not negative");
        }
    }

    /** The direction that is worse. */
    public enum Direction {
        INCREASE,
        DECREASE
    }

    double share() {
        return material == null ? Double.NaN : material;
    }
}
