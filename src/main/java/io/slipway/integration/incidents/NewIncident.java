package io.slipway.integration.incidents;

import java.time.Instant;
import java.util.Optional;

/**
 * An incident as it is entered; see {@link Incident}.
 *
 * @param key 1 to 64 letters, digits, dots, hyphens and underscores
 * @param system 1 to 64 characters
 * @param environment at most 64 characters
 * @param priority how bad it is
 * @param title 1 to 300 characters on one line
 * @param openedAt when it began
 * @param causedByRelease at most 128 characters
 */
public record NewIncident(
        String key,
        String system,
        Optional<String> environment,
        Incident.Priority priority,
        String title,
        Instant openedAt,
        Optional<String> causedByRelease) {}
