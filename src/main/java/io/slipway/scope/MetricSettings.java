package io.slipway.scope;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When success metrics are evaluated.
 *
 * @param evaluations time after going live, in rising order
 * @param remedy how long the owner of a missed target has to say what is done about it
 */
@ConfigurationProperties("slipway.scope.metrics")
record MetricSettings(
        @DefaultValue({"PT24H", "PT72H", "P30D"}) List<Duration> evaluations,
        @DefaultValue("P30D") Duration remedy) {

    MetricSettings {
        evaluations = List.copyOf(evaluations);
        if (evaluations.isEmpty()
                || !evaluations.equals(evaluations.stream().sorted().toList())) {
            throw new IllegalArgumentException("slipway.scope.metrics.evaluations needs times in rising order");
        }
    }
}
