package io.slipway.scope;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What proposals of a scope start from.
 *
 * @param capacity person days that a release has where nobody said another number
 * @param capacityPerDay person days that a day more brings
 * @param horizon how long after a release its next one can be expected; law and security do not wait longer
 * @param proposalLimit how long the best selection is searched for; under the 20 seconds that a step may take
 */
@ConfigurationProperties("slipway.scope")
record ScopeSettings(
        @DefaultValue("250") int capacity,
        @DefaultValue("2") int capacityPerDay,
        @DefaultValue("P90D") Duration horizon,
        @DefaultValue("PT10S") Duration proposalLimit) {

    ScopeSettings {
        if (capacity < 1 || capacity > 100_000 || capacityPerDay < 1) {
            throw new IllegalArgumentException(
                    "slipway.scope.capacity must be 1 to 100000 person days, and capacity-per-day at least 1");
        }
    }
}
