package io.slipway.deployment;

import io.slipway.integration.targets.StartService;
import io.slipway.release.ReleaseId;
import java.util.Optional;

/**
 * A service process that was started, or is about to be.
 *
 * @param packageDigest the package it is started from
 * @param contentDigest what the target answers for its files while nobody changed them
 * @param definition how it is started, so that it can be started again
 * @param release the release that brought it; empty for a baseline
 */
record ServiceInstance(
        String system,
        String environment,
        String packageDigest,
        String contentDigest,
        StartService definition,
        Optional<ReleaseId> release) {

    String serviceId() {
        return definition.serviceId();
    }

    String version() {
        return definition.version();
    }
}
