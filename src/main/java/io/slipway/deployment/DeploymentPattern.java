package io.slipway.deployment;

import io.slipway.release.Refused;
import java.util.Arrays;
import java.util.List;

/** How a new version takes the place of the old one, as the table {@code deployment-pattern} answers. */
public enum DeploymentPattern {

    /** Both versions run side by side; the one before is kept running until the next deployment. */
    BLUE_GREEN,

    /** The version before is stopped as soon as the new one has proved itself live; a rollback starts it again first. */
    ROLLING;

    /**
     * The pattern of this name.
     *
     * @throws Refused when there is none
     */
    public static DeploymentPattern of(String name) {
        return Arrays.stream(values())
                .filter(pattern -> pattern.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new Refused("'" + name + "' is no deployment pattern; the decision deployment-pattern"
                                + " answers one of " + List.of(values()) + "."));
    }
}
