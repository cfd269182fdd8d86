package io.slipway.platform.nodes;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * This node among others.
 *
 * @param name what people call it, the same after a restart; without one the name of the machine and the port
 * @param heartbeat time between two signs of life
 * @param silence after this time without a sign a node counts as dead
 * @param turn after this time without a sign from the node whose turn it is another takes over
 */
@ConfigurationProperties("slipway.node")
public record NodeSettings(
        @Nullable String name,
        @DefaultValue("PT5S") Duration heartbeat,
        @DefaultValue("PT30S") Duration silence,
        @DefaultValue("PT30S") Duration turn) {}
