package io.slipway.scope;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How commits are compared with scopes.
 *
 * @param branch what is compared as long as the version of a release has no tag
 * @param every how long a comparison of an open release counts until it is made anew; commits come without a word
 * @param pause time between two looks for comparisons that are due
 */
@ConfigurationProperties("slipway.scope.drift")
record DriftSettings(
        @DefaultValue("main") String branch,
        @DefaultValue("PT15M") Duration every,
        @DefaultValue("PT5S") Duration pause) {

    DriftSettings {
        if (every.isNegative() || every.isZero() || pause.isNegative() || pause.isZero()) {
            throw new IllegalArgumentException("slipway.scope.drift.every and .pause must be longer than nothing");
        }
    }
}
