package io.slipway.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slipway.Capability;
import io.slipway.agent.AgentProcess;
import io.slipway.release.Urgency;
import io.slipway.scenario.ReleaseStory;
import io.slipway.testing.DemoApplication;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** A release whose deployment fails because the agent is away: operations find it in Cockpit, read why, mend it and retry. */
@DemoApplication
@SuppressWarnings("NullAway.Init")
@Capability({"10.4", "5.5"})
class CockpitBrowserTest {

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @LocalServerPort
    private int port;

    @Autowired
    private ProcessEngine engine;

    @Autowired
    private ApplicationContext application;

    @Value("${slipway.targets.agent.data-dir}")
    private Path agentDirectory;

    @AfterAll
    void stopsWhatItStarted() throws IOException {
        AgentProcess.stop(agentDirectory, true);
    }

    @Test
    void findsAReleaseByItsKeyReadsWhyItStandsAndLetsItGoOn() throws IOException {
        ReleaseStory story = ReleaseStory.requestedBy("mara", "2.4.0", Urgency.NORMAL, application)
                .goesOnTo("userTask_supplyFiles");
        AgentProcess.stop(agentDirectory, false);
        story.does("dora", "userTask_supplyFiles");
        await("the incident").atMost(Duration.ofMinutes(1)).until(() -> incidents() > 0);

        String address = "http://localhost:" + port;
        People people = new People(CHROMIUM.driver(), address, engine.getName()).signIn("oscar");
        CockpitPages cockpit = new CockpitPages(people, address, engine.getName());
        for (String process : List.of("Promote to environment", "Deploy release", "Run release")) {
            cockpit.find(process, story.key());
        }
        assertThat(cockpit.called()).singleElement().asString().contains("Promote to environment");
        assertThat(cockpit.incident())
                .contains("transferPackage on development/storefront")
                .contains("The agent is not reached")
                .contains("Please make sure that the target can be reached")
                .contains("then retry");

        cockpit.goToTheCause();
        assertThat(cockpit.incident()).contains("The agent is not reached");
        AgentProcess.ensureRunning(agentDirectory);
        cockpit.retry();

        await("the end of the incident").atMost(Duration.ofMinutes(1)).until(() -> incidents() == 0);
        story.awaited("userTask_supplyEvidence");
    }

    private long incidents() {
        return engine.getRuntimeService().createIncidentQuery().count();
    }
}
