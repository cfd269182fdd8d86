package io.slipway.validation;

import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How releases are watched in production.
 *
 * @param usual rhythm for a class that is not named, or not known
 * @param classes rhythm by class of the release
 * @param timeout longest wait for one answer
 * @param checks steps of the synthetic check, by key of the system
 * @param regions where users are served besides, by key of the system: name of a region and address without a slash at its end; where
 *     there are some, the check runs in each of them
 */
@ConfigurationProperties(value = "slipway.validation", ignoreUnknownFields = false)
public record ValidationSettings(
        @DefaultValue Rhythm usual,
        @DefaultValue Map<ReleaseClass, Rhythm> classes,
        @DefaultValue("PT2S") Duration timeout,
        @DefaultValue Map<String, List<CheckStep>> checks,
        @DefaultValue Map<String, Map<String, String>> regions) {

    /** A step of a process ends within this time, so that its job is never taken for lost. */
    private static final Duration LONGEST = Duration.ofSeconds(15);

    /** Refuses a check that could last longer than a step of a process may. */
    public ValidationSettings {
        checks.forEach((system, steps) -> {
            int places = Math.max(1, regions.getOrDefault(system, Map.of()).size());
            if (timeout.multipliedBy((long) steps.size() * places).compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("The synthetic check of " + system + " could last longer than "
                        + LONGEST + ": it has " + steps.size() + " steps of " + timeout + " each");
            }
        });
    }

    /**
     * How long and how often a release is looked at.
     *
     * @param passes checks that must pass
     * @param of among how many of the last checks they must; the same number as {@code passes}, which 0 stands for, lets none fail
     * @param pause time between two checks
     * @param bake how long at least checks go on before hypercare begins
     * @param hypercare how long hypercare lasts
     */
    public record Rhythm(
            @DefaultValue("3") int passes,
            @DefaultValue("0") int of,
            @DefaultValue("PT5M") Duration pause,
            @DefaultValue("PT1H") Duration bake,
            @DefaultValue("PT72H") Duration hypercare) {

        /** Refuses a rhythm that would never pass or never pause. */
        public Rhythm {
            of = of == 0 ? passes : of;
            if (of < passes || of > 100) {
                throw new IllegalArgumentException(
                        "Of " + of + " checks " + passes + " cannot pass, or nobody could wait for them");
            }
            if (passes < 1 || pause.isNegative() || pause.isZero() || bake.isNegative() || hypercare.isNegative()) {
                throw new IllegalArgumentException("A rhythm needs at least one pass, a pause and no negative times: "
                        + passes + ", " + pause + ", " + bake + ", " + hypercare);
            }
        }
    }

    Rhythm rhythmOf(Release release) {
        return release.releaseClass()
                .map(known -> classes.getOrDefault(known, usual))
                .orElse(usual);
    }

    Map<String, String> regionsOf(String system) {
        return regions.getOrDefault(system, Map.of());
    }

    List<CheckStep> stepsOf(String system) {
        return checks.getOrDefault(system, List.of());
    }
}
