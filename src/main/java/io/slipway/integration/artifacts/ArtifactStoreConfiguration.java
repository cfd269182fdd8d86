package io.slipway.integration.artifacts;

import java.nio.file.Path;
import java.time.Clock;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Offers the embedded artifact store. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ArtifactStoreConfiguration.Settings.class)
class ArtifactStoreConfiguration {

    /**
     * Where artifacts are kept.
     *
     * @param directory on a file system that all nodes share
     */
    @ConfigurationProperties("slipway.artifacts")
    record Settings(Path directory) {}

    @Bean
    ArtifactStore artifactStore(Settings settings, Clock clock) {
        return new FileArtifactStore(settings.directory(), clock);
    }
}
