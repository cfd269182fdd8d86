package io.slipway.integration.targets;

/**
 * Traffic to be led elsewhere.
 *
 * @param serviceId the service that gets it from now on
 */
public record SwitchTraffic(Route route, String serviceId) {}
