package io.slipway.deployment.traffic;

import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the traffic of a new version is watched in production.
 *
 * @param usual limits for a class that is not named, or not known
 * @param classes limits by class of the release
 * @param pause time between two looks, at least a second
 * @param recent how far back a look goes besides the whole time, so that a late failure is not hidden by a good begin
 */
@ConfigurationProperties(value = "slipway.traffic-watch", ignoreUnknownFields = false)
public record WatchSettings(
        @DefaultValue Limits usual,
        @DefaultValue Map<ReleaseClass, Limits> classes,
        @DefaultValue("PT15S") Duration pause,
        @DefaultValue("PT5M") Duration recent) {

    private static final Duration LEAST = Duration.ofSeconds(1);

    /** Refuses a watch that would never rest. */
    public WatchSettings {
        if (pause.compareTo(LEAST) < 0 || recent.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException("slipway.traffic-watch.pause and recent are at least a second");
        }
    }

    /**
     * What is accepted.
     *
     * @param errorRate highest share of failed requests, between 0 and 1; the share of the version before is accepted as well
     * @param requests requests below which nothing is judged
     * @param falseAlarm probability with which a version at the threshold is taken for worse
     */
    public record Limits(
            @DefaultValue("0.05") double errorRate,
            @DefaultValue("20") long requests,
            @DefaultValue("0.01") double falseAlarm) {

        /** Refuses limits that could never be judged. */
        public Limits {
            new ErrorRateRule(errorRate, falseAlarm, requests);
        }
    }

    Limits limitsOf(Release release) {
        return release.releaseClass()
                .map(known -> classes.getOrDefault(known, usual))
                .orElse(usual);
    }
}
