package io.slipway.integration.incidents;

import java.time.Instant;
import java.util.Optional;

/**
 * An incident as the register has it.
 *
 * @param key what people and programs call it, such as INC-4711
 * @param system key of the system that it disturbs
 * @param environment key of the environment; empty when it is not said
 * @param priority how bad it is
 * @param title one line on what users notice
 * @param openedAt when it began
 * @param resolvedAt when it was over; empty while it is not
 * @param causedByRelease key of the release that brought it; empty while none is known
 */
public record Incident(
        String key,
        String system,
        Optional<String> environment,
        Priority priority,
        String title,
        Instant openedAt,
        Optional<Instant> resolvedAt,
        Optional<String> causedByRelease) {

    /** How bad an incident is, the worst first. */
    public enum Priority {
        P1,
        P2,
        P3,
        P4
    }

    /** Whether it is not over. */
    public boolean unresolved() {
        return resolvedAt.isEmpty();
    }
}
