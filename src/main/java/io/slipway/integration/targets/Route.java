package io.slipway.integration.targets;

/** The way by which users reach a system on an environment; a service is behind it, or several instances of it, asked in turn. */
public record Route(String environment, String system) {

    /** {@code <environment>/<system>}. */
    @Override
    public String toString() {
        return environment + "/" + system;
    }
}
