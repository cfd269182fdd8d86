package io.slipway.integration.secrets;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Offers secrets from a file. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FileSecretsConfiguration.Settings.class)
class FileSecretsConfiguration {

    /**
     * Where secrets are kept.
     *
     * @param file one {@code name=value} a line, readable by its owner alone and outside of every repository; none when it is missing
     */
    @ConfigurationProperties("slipway.secrets")
    record Settings(@Nullable Path file) {}

    @Bean
    Secrets secrets(Settings settings) {
        return new FileSecrets(settings.file());
    }
}
