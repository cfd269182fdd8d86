package io.slipway.quality.environments;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How fidelity is scored: weights of its parts, which are divided by their sum, and from where on it raises the risk.
 *
 * @param version that the clone is of what production runs
 * @param low below this score the risk rises by one level
 * @param veryLow below this score it rises by two
 */
@ConfigurationProperties("slipway.quality.fidelity")
record RefreshSettings(
        @DefaultValue("25") int version,
        @DefaultValue("20") int configuration,
        @DefaultValue("20") int volume,
        @DefaultValue("20") int topology,
        @DefaultValue("15") int load,
        @DefaultValue("60") int low,
        @DefaultValue("30") int veryLow) {}
