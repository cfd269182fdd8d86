package io.slipway.integration.targets;

/** The way by which users reach a system on an environment; at most one service is behind it. */
public record Route(String environment, String system) {

    /** {@code <environment>/<system>}. */
    @Override
    public String toString() {
        return environment + "/" + system;
    }
}
