package io.slipway.scope;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How assumptions are verified.
 *
 * @param interval time between two checks
 */
@ConfigurationProperties("slipway.scope.assumptions")
record AssumptionSettings(@DefaultValue("PT1H") Duration interval) {

    AssumptionSettings {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("slipway.scope.assumptions.interval must be longer than nothing");
        }
    }
}
