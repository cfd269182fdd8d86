package io.slipway.integration.targets;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A service as the target sees it.
 *
 * @param port on the target's loopback address
 * @param digest of the files that lie on the target now, as {@link StartService#packageDigest}
 * @param deployedDigest of the files as they were placed; another {@code digest} means that they were changed since
 * @param configurationIntact whether its configuration lies there as it was placed; null when it has none
 * @param since when it came into its present phase
 */
public record ServiceStatus(
        String serviceId,
        String target,
        @Nullable String system,
        @Nullable String version,
        State state,
        @Nullable Integer port,
        @Nullable Long pid,
        @Nullable String digest,
        @Nullable String deployedDigest,
        @Nullable Boolean configurationIntact,
        Instant since) {

    /** What can be seen from outside the service. */
    public enum State {
        /** The process lives, its port does not answer (yet). */
        STARTING,
        /** The process lives and its port answers. */
        RUNNING,
        /** The process ended without having been asked to. */
        DEAD,
        /** Stopped on request. */
        STOPPED,
        /** The target never had it: the answer to stopping an unknown service. */
        ABSENT
    }

    /** Whether somebody changed its configuration on the target. */
    public boolean reconfigured() {
        return Boolean.FALSE.equals(configurationIntact);
    }

    /** Whether exactly the placed files lie there. */
    public boolean intact() {
        return digest != null && digest.equals(deployedDigest);
    }
}
