package io.slipway.integration.targets;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a route leads.
 *
 * @param address under which users reach it
 * @param serviceId the service that gets its requests
 * @param also further instances behind it
 * @param digest of that service's files now
 * @param previous the service that got them before, which a rollback leads back to
 * @param since when it was switched
 */
public record RouteStatus(
        Route route,
        URI address,
        String serviceId,
        List<String> also,
        @Nullable String version,
        @Nullable String digest,
        @Nullable String previous,
        @Nullable String previousVersion,
        Instant since) {

    /** Keeps a copy. */
    public RouteStatus {
        also = List.copyOf(also);
    }

    /** All instances behind it, the one that stands for them first. */
    public List<String> members() {
        List<String> members = new ArrayList<>();
        members.add(serviceId);
        members.addAll(also);
        return members;
    }
}
