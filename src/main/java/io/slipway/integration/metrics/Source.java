package io.slipway.integration.metrics;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whose metrics.
 *
 * @param system key of the system
 * @param environment key of the environment
 * @param version one version alone; empty for all together
 */
public record Source(String system, String environment, Optional<String> version) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,127}");

    /** Refuses names that could leave the place that a query has for them. */
    public Source {
        check("system", system);
        check("environment", environment);
        version.ifPresent(value -> check("version", value));
    }

    /** All versions together. */
    public static Source of(String system, String environment) {
        return new Source(system, environment, Optional.empty());
    }

    /** One version alone. */
    public static Source of(String system, String environment, String version) {
        return new Source(system, environment, Optional.of(version));
    }

    private static void check(String what, String value) {
        if (!NAME.matcher(value).matches()) {
            throw new MetricsRefused("'" + value + "' is no name of a " + what
                    + "; it has letters, digits, dots, dashes, plus signs and underscores only.");
        }
    }
}
