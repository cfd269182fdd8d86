package io.slipway.integration.planning.http;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the planning tool listens.
 *
 * @param url address that takes webhooks; without one a register of our own is kept
 * @param secretFile file that holds the secret, {@code whsec_} and Base64 of 24 to 64 bytes; the secret itself stands in no configuration
 * @param timeout longest wait for an answer
 */
@ConfigurationProperties(value = "slipway.planning", ignoreUnknownFields = false)
public record PlanningSettings(
        @Nullable URI url,
        @Nullable Path secretFile,
        @DefaultValue("PT5S") Duration timeout) {}
