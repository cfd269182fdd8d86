package io.slipway.integration.targets.http;

import io.slipway.agent.AgentServer;
import io.slipway.integration.targets.Targets;
import io.slipway.integration.targets.TargetsContract;
import io.slipway.platform.http.HttpSettings;
import io.slipway.platform.http.OutboundHttp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** An agent at another address keeps the same contract, although its services answer on its own machine alone. */
@SuppressWarnings("NullAway.Init")
class AgentElsewhereTest extends TargetsContract {

    private static final String ELSEWHERE = "127.0.0.2";

    @TempDir
    static Path data;

    private static AgentServer agent;
    private static Targets targets;

    @BeforeAll
    static void startAgent() throws IOException {
        agent = AgentServer.start(data, ELSEWHERE, 0, 0);
        HttpSettings usual = HttpSettings.defaults();
        targets = new AgentTargets(
                // Its services listen at an address that may not be asked from here.
                new OutboundHttp(new HttpSettings(
                        usual.connectTimeout(), usual.readTimeout(), Set.of(ELSEWHERE), usual.maxResponseBytes())),
                new AgentTargetsSettings(data, ELSEWHERE, Duration.ofSeconds(15), Duration.ofSeconds(15)));
    }

    @AfterAll
    static void stopAgent() throws IOException {
        new OutboundHttp(HttpSettings.defaults());
        agent.shutDownServices();
        agent.close();
    }

    @Override
    protected Targets targets() {
        return targets;
    }
}
