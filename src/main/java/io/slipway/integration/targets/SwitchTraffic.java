package io.slipway.integration.targets;

import java.util.List;

/**
 * Traffic to be led elsewhere.
 *
 * @param serviceId the service that gets it from now on
 * @param also further instances that get it in turn with that one
 */
public record SwitchTraffic(Route route, String serviceId, List<String> also) {

    /** Keeps a copy. */
    public SwitchTraffic {
        also = List.copyOf(also);
    }

    /** Traffic for one service. */
    public SwitchTraffic(Route route, String serviceId) {
        this(route, serviceId, List.of());
    }
}
