package io.slipway.deployment;

import io.slipway.integration.targets.StartService;
import io.slipway.release.ReleaseId;
import java.util.Optional;

/**
 * A service process that was started, or is about to be.
 *
 * @param packageDigest the package it is started from
 * @param contentDigest what the target answers for its files while nobody changed them
 * @param configuration digest of templates and values it was started with, in which secrets count by name; empty without templates
 * @param definition how it is started, so that it can be started again
 * @param release the release that brought it; empty for a baseline
 */
record ServiceInstance(
        String system,
        String environment,
        String packageDigest,
        String contentDigest,
        String configuration,
        StartService definition,
        Optional<ReleaseId> release) {

    String serviceId() {
        return definition.serviceId();
    }

    String version() {
        return definition.version();
    }
}
