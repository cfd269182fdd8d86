package io.slipway.operations;

import io.slipway.integration.artifacts.ArtifactStore;
import io.slipway.integration.targets.Targets;
import io.slipway.platform.nodes.Node;
import io.slipway.platform.nodes.Nodes;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.health.AdditionalHealthEndpointPath;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthEndpointGroup;
import org.springframework.boot.actuate.health.HealthEndpointGroups;
import org.springframework.boot.actuate.health.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.HttpCodeStatusMapper;
import org.springframework.boot.actuate.health.StatusAggregator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Whether what the program needs is well, asked by operations at {@code /actuator/health/operations}. What is open to everybody asks none
 * of this: a balancer must not take every node away because the agent or the mail server is.
 */
@Configuration(proxyBeanMethods = false)
class HealthChecks {

    /** Names of the checks that cost something or concern others than this node. */
    private static final Set<String> FOR_OPERATIONS = Set.of("agent", "artifactStore", "work", "nodes", "mail");

    private static final byte[] SAMPLE =
            "Whether this store can be written and read.\n".getBytes(StandardCharsets.UTF_8);

    /** Whether the agent answers and takes the token. */
    @Bean
    HealthIndicator agentHealthIndicator(Targets targets) {
        return () -> {
            try {
                targets.probe("health/asked");
                return Health.up().build();
            } catch (RuntimeException e) {
                return Health.down()
                        .withDetail("cause", String.valueOf(e.getMessage()))
                        .withDetail(
                                "remedy",
                                "Start the agent on its data directory; services and traffic live on meanwhile.")
                        .build();
            }
        };
    }

    /** Whether a file can be kept and read again. */
    @Bean
    HealthIndicator artifactStoreHealthIndicator(ArtifactStore store) {
        return () -> {
            try {
                String kept = store.put(new ByteArrayInputStream(SAMPLE), SAMPLE.length)
                        .sha256();
                store.verify(kept);
                return Health.up().build();
            } catch (Exception e) {
                return Health.down()
                        .withDetail("cause", String.valueOf(e.getMessage()))
                        .withDetail(
                                "remedy", "See whether slipway.artifacts.directory is there, writable and not full.")
                        .build();
            }
        };
    }

    /** What waits for the engine; down when a job waits for a person. */
    @Bean
    HealthIndicator workHealthIndicator(Figures figures) {
        return () -> {
            Figures.Reading now = figures.now();
            Health.Builder told = now.jobsFailed() > 0
                    ? Health.down().withDetail("remedy", "Open the incidents in Cockpit; each names cause and remedy.")
                    : Health.up();
            return told.withDetail("jobsDue", now.jobsDue())
                    .withDetail("jobsFailed", now.jobsFailed())
                    .withDetail("oldestJobSeconds", now.oldestJob().toSeconds())
                    .build();
        };
    }

    /** Which nodes live; down while one is dead. */
    @Bean
    HealthIndicator nodesHealthIndicator(Nodes nodes) {
        return () -> {
            List<String> dead = nodes.dead().stream().map(Node::name).toList();
            return (dead.isEmpty() ? Health.up() : Health.down().withDetail("dead", dead))
                    .withDetail(
                            "running",
                            nodes.all().stream()
                                    .filter(node -> !node.stopped() && !dead.contains(node.name()))
                                    .map(Node::name)
                                    .toList())
                    .build();
        };
    }

    @Bean
    HealthEndpointGroupsPostProcessor openHealthStaysSmall() {
        return groups -> HealthEndpointGroups.of(
                new Small(groups.getPrimary()),
                groups.getNames().stream()
                        .collect(Collectors.toMap(name -> name, name -> Objects.requireNonNull(groups.get(name)))));
    }

    /** The open group without the checks for operations. */
    private record Small(HealthEndpointGroup all) implements HealthEndpointGroup {

        @Override
        public boolean isMember(String name) {
            return !FOR_OPERATIONS.contains(name) && all.isMember(name);
        }

        @Override
        public boolean showComponents(SecurityContext context) {
            return all.showComponents(context);
        }

        @Override
        public boolean showDetails(SecurityContext context) {
            return all.showDetails(context);
        }

        @Override
        public StatusAggregator getStatusAggregator() {
            return all.getStatusAggregator();
        }

        @Override
        public HttpCodeStatusMapper getHttpCodeStatusMapper() {
            return all.getHttpCodeStatusMapper();
        }

        @Override
        public AdditionalHealthEndpointPath getAdditionalPath() {
            return all.getAdditionalPath();
        }
    }
}
