package io.slipway.integration.sources;

import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** Offers the repositories on this machine. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SourcesConfiguration.Settings.class)
class SourcesConfiguration {

    /**
     * Where the source code is kept.
     *
     * @param repositories directories of git repositories, bare or not, by key of the system
     * @param files most files of a commit
     * @param size most bytes of all files of a commit
     */
    @ConfigurationProperties("slipway.sources")
    record Settings(
            @DefaultValue Map<String, Path> repositories,
            @DefaultValue("20000") int files,
            @DefaultValue("500MB") DataSize size) {}

    @Bean
    Sources sources(Settings settings) {
        return new GitSources(settings);
    }
}
