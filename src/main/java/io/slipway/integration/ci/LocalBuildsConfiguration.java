package io.slipway.integration.ci;

import io.slipway.integration.sources.Sources;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** Offers builds on this machine. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LocalBuildsConfiguration.Settings.class)
class LocalBuildsConfiguration {

    /**
     * How this machine builds.
     *
     * @param directory where check-outs live while they are built
     * @param timeout most time of one build
     * @param log most bytes that a build may print
     * @param size most bytes of all files that a build makes
     * @param systems how each system is built, by its key
     */
    @ConfigurationProperties("slipway.builds")
    record Settings(
            Path directory,
            @DefaultValue("PT10M") Duration timeout,
            @DefaultValue("1MB") DataSize log,
            @DefaultValue("500MB") DataSize size,
            @DefaultValue Map<String, Recipe> systems) {}

    /**
     * How a system is built.
     *
     * @param command program and arguments; no shell reads them. <code>{commit}</code> stands for the id of the commit and
     *     <code>{java}</code> for the Java program that Slipway runs on
     * @param version program and arguments that print the versions of the tools
     * @param output folder of the check-out in which the files are that the build made
     * @param path the search path that the command sees
     */
    record Recipe(
            List<String> command,
            @Nullable List<String> version,
            @DefaultValue("target") String output,
            @DefaultValue("/usr/local/bin:/usr/bin:/bin") String path) {}

    @Bean
    BuildSystem buildSystem(Settings settings, Sources sources, Clock clock) {
        return new LocalBuilds(settings, sources, clock);
    }
}
