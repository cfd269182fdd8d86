package io.slipway.integration.targets;

/**
 * A service to be stopped.
 *
 * @param target where it runs; a service of another target is refused
 */
public record StopService(String serviceId, String target) {}
