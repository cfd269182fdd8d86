package io.slipway.demo;

import io.slipway.agent.AgentProcess;
import io.slipway.deployment.Baselines;
import io.slipway.integration.targets.Route;
import io.slipway.integration.targets.Targets;
import io.slipway.release.Releases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Where the demo plays: the agent, the builds of the sample, and the version that is installed before the first release. */
@Component
@Profile("demo")
public class DemoStage {

    /** The version that is there before the first release. */
    public static final String BASELINE = "2.3.0";

    private final SampleBuild builds;
    private final Baselines baselines;
    private final Targets targets;
    private final Releases releases;
    private final Path agentDirectory;

    DemoStage(
            SampleBuild builds,
            Baselines baselines,
            Targets targets,
            Releases releases,
            @Value("${slipway.targets.agent.data-dir}") Path agentDirectory) {
        this.builds = builds;
        this.baselines = baselines;
        this.targets = targets;
        this.releases = releases;
        this.agentDirectory = agentDirectory;
    }

    /**
     * Starts the agent when none runs, and installs the baseline before the first release.
     *
     * @return the agent that runs now
     */
    AgentProcess.Running open() {
        try {
            AgentProcess.Running agent = AgentProcess.ensureRunning(agentDirectory);
            if (!releases.existFor(SampleLandscape.SYSTEM)) {
                BuiltSample baseline = builds.provide(BASELINE);
                for (String environment : SampleLandscape.ENVIRONMENTS) {
                    baselines.install(SampleLandscape.SYSTEM, environment, BASELINE, baseline.jar());
                }
            }
            return agent;
        } catch (IOException e) {
            throw new UncheckedIOException("The agent of the demo cannot be started in " + agentDirectory, e);
        }
    }

    /** What a version was built into; it is built when it is asked for the first time. */
    public BuiltSample build(String version) {
        return builds.provide(version);
    }

    /** The address at which users reach the sample in an environment. */
    public URI address(String environment) {
        return targets.addressOf(new Route(environment, SampleLandscape.SYSTEM));
    }

    /** The agent's own directory. */
    Path agentDirectory() {
        return agentDirectory;
    }
}
