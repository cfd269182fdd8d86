package io.slipway.integration.targets;

import java.time.Duration;

/**
 * A question to a service.
 *
 * @param path what is asked for, beginning with a slash
 * @param patience longest wait for the answer
 */
public record ServiceCheck(String serviceId, String path, Duration patience) {

    /** Refuses a path that could lead to another host. */
    public ServiceCheck {
        if (!path.startsWith("/") || path.startsWith("//")) {
            throw new IllegalArgumentException("A path begins with one slash, not " + path);
        }
    }
}
