package io.slipway.integration.targets.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.agent.AgentServer;
import io.slipway.integration.targets.TargetUnavailable;
import io.slipway.integration.targets.Targets;
import io.slipway.integration.targets.TargetsContract;
import io.slipway.platform.http.HttpSettings;
import io.slipway.platform.http.OutboundHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class AgentTargetsTest extends TargetsContract {

    @TempDir
    static Path data;

    private static AgentServer agent;
    private static Targets targets;

    @BeforeAll
    static void startAgent() throws IOException {
        agent = AgentServer.start(data, 0, 0);
        targets = adapter(data);
    }

    @AfterAll
    static void stopAgent() throws IOException {
        agent.shutDownServices();
        agent.close();
    }

    private static Targets adapter(Path directory) {
        return new AgentTargets(
                new OutboundHttp(HttpSettings.defaults()),
                new AgentTargetsSettings(directory, "127.0.0.1", Duration.ofSeconds(15), Duration.ofSeconds(15)));
    }

    @Override
    protected Targets targets() {
        return targets;
    }

    @Test
    void aMissingAgentIsUnavailableAndNothingIsUncertain(@TempDir Path other) {
        assertThatThrownBy(() -> adapter(other).probe("k"))
                .isInstanceOfSatisfying(TargetUnavailable.class, e -> assertThat(e.outcomeUnknown())
                        .isFalse())
                .hasMessageContaining("slipway agent");
    }

    @Test
    void anAgentThatMovedToAnotherPortIsFoundAgain(@TempDir Path other) throws IOException {
        Targets moving = adapter(other);
        int before;
        try (AgentServer first = AgentServer.start(other, 0, 0)) {
            before = first.port();
            assertThat(moving.probe("k")).isEmpty();
        }
        assertThatThrownBy(() -> moving.probe("k"))
                .isInstanceOfSatisfying(TargetUnavailable.class, e -> assertThat(e.outcomeUnknown())
                        .isFalse());
        Files.delete(other.resolve("ports.json"));
        try (AgentServer second = AgentServer.start(other, 0, 0)) {
            assertThat(second.port()).isNotEqualTo(before);
            assertThat(moving.probe("k")).isEmpty();
        }
    }

    @Test
    void anAgentWithANewTokenIsFoundAgain(@TempDir Path other) throws IOException {
        Targets adapter = adapter(other);
        try (AgentServer first = AgentServer.start(other, 0, 0)) {
            assertThat(first.port()).isPositive();
            assertThat(adapter.probe("k")).isEmpty();
        }
        Files.delete(other.resolve("token"));
        try (AgentServer second = AgentServer.start(other, 0, 0)) {
            assertThat(second.token()).isNotEmpty();
            assertThat(adapter.probe("k")).isEmpty();
        }
    }
}
