package io.slipway.integration.targets;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a route leads.
 *
 * @param address under which users reach it
 * @param serviceId the service that gets its requests
 * @param digest of that service's files now
 * @param previous the service that got them before, which a rollback leads back to
 * @param since when it was switched
 */
public record RouteStatus(
        Route route,
        URI address,
        String serviceId,
        @Nullable String version,
        @Nullable String digest,
        @Nullable String previous,
        @Nullable String previousVersion,
        Instant since) {}
