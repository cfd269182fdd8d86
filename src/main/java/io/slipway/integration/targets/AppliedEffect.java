package io.slipway.integration.targets;

import java.time.Instant;

/**
 * A change that a target applied and wrote down.
 *
 * @param key under which it was asked for
 * @param fence under which it was applied
 * @param subject the artifact, service or route it changed
 * @param time when
 */
public record AppliedEffect(String key, long fence, Operation operation, String subject, Instant time) {

    /** The kinds of changes. */
    public enum Operation {
        STORE_ARTIFACT,
        START_SERVICE,
        STOP_SERVICE,
        SWITCH_ROUTE,
        REMOVE_ROUTE
    }
}
