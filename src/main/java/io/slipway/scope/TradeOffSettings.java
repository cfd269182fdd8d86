package io.slipway.scope;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How trade-offs are negotiated.
 *
 * @param silence how long an owner may keep silent before it goes up the ladder
 * @param rounds how often options are computed at most
 * @param capacityPerDay person days that a day more brings
 */
@ConfigurationProperties("slipway.scope.trade-offs")
record TradeOffSettings(
        @DefaultValue("PT24H") Duration silence,
        @DefaultValue("3") int rounds,
        @DefaultValue("2") int capacityPerDay) {

    TradeOffSettings {
        if (silence.isNegative() || silence.isZero() || rounds < 1 || rounds > 10 || capacityPerDay < 1) {
            throw new IllegalArgumentException(
                    "slipway.scope.trade-offs needs a silence, 1 to 10 rounds, and a capacity-per-day of at least 1");
        }
    }
}
