package io.slipway.platform.http;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds of every HTTP exchange with the outside world.
 *
 * @param connectTimeout longest wait for a connection, from the pool as well as from the network
 * @param readTimeout longest silence while an answer is awaited or read; a single exchange may ask for another one
 * @param allowedHosts host names and addresses that may be called, exactly as they stand in addresses; no other is resolved
 * @param maxResponseBytes longest answer, counted after decompression
 */
@ConfigurationProperties("slipway.http")
@Validated
public record HttpSettings(
        @DefaultValue("2s") @DurationMin(millis = 1) @DurationMax(seconds = 60)
        Duration connectTimeout,

        @DefaultValue("10s") @DurationMin(millis = 1) @DurationMax(minutes = 10)
        Duration readTimeout,

        @DefaultValue({"127.0.0.1", "localhost"}) @NotEmpty Set<@NotBlank String> allowedHosts,

        @DefaultValue("4194304") @Min(1_024) @Max(1_073_741_824) long maxResponseBytes) {

    /** What holds when nothing is configured. */
    public static HttpSettings defaults() {
        return new HttpSettings(
                Duration.ofSeconds(2), Duration.ofSeconds(10), Set.of("127.0.0.1", "localhost"), 4L * 1024 * 1024);
    }
}
