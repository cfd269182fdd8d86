package io.slipway.integration.targets.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.agent.AgentServer;
import io.slipway.agent.SampleService;
import io.slipway.integration.metrics.Counts;
import io.slipway.integration.metrics.Metrics;
import io.slipway.integration.metrics.MetricsContract;
import io.slipway.integration.metrics.Source;
import io.slipway.integration.metrics.Span;
import io.slipway.integration.metrics.proxy.ProxyMetrics;
import io.slipway.integration.targets.Route;
import io.slipway.integration.targets.ServiceCheck;
import io.slipway.integration.targets.StartService;
import io.slipway.integration.targets.SwitchTraffic;
import io.slipway.integration.targets.Targets;
import io.slipway.integration.targets.TransferArtifact;
import io.slipway.platform.http.HttpSettings;
import io.slipway.platform.http.OutboundHttp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The counters of a real proxy in front of a real service. */
@SuppressWarnings("NullAway.Init")
class ProxyMetricsTest extends MetricsContract {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Route ROUTE = new Route("production", "shop");

    @TempDir
    static Path data;

    private static AgentServer agent;
    private static Targets targets;
    private static Span used;

    @BeforeAll
    static void useAService() throws Exception {
        agent = AgentServer.start(data, 0, 0);
        targets = new AgentTargets(
                new OutboundHttp(HttpSettings.defaults()),
                new AgentTargetsSettings(data, "127.0.0.1", PATIENCE, PATIENCE));
        Instant begin = Instant.now();
        start("one", "1.0");
        targets.switchTraffic(new SwitchTraffic(ROUTE, "one"), "switch", 1);
        URI address = targets.addressOf(ROUTE);
        for (int i = 0; i < 8; i++) {
            get(address.resolve("version"), false);
        }
        get(address.resolve("fail"), false);
        get(address.resolve("fail"), false);
        get(address.resolve("fail"), true);
        used = new Span(begin, Instant.now().plusSeconds(2));
    }

    @AfterAll
    static void stopAgent() throws IOException {
        agent.shutDownServices();
        agent.close();
    }

    private static void start(String id, String version) throws InterruptedException {
        byte[] jar = SampleService.jar(version);
        String digest = SampleService.sha256(jar);
        targets.transfer(
                new TransferArtifact("host", digest, jar.length, () -> new ByteArrayInputStream(jar)),
                "transfer-" + id,
                1);
        targets.start(
                new StartService(
                        id,
                        "host",
                        "shop",
                        version,
                        List.of(new StartService.PackageFile("app.jar", digest)),
                        new StartService.Launch("app.jar", SampleService.JVM_OPTIONS, List.of()),
                        Map.of()),
                "start-" + id,
                1);
        for (int i = 0; i < 100; i++) {
            if (targets.check(new ServiceCheck(id, "/health", Duration.ofSeconds(1)))
                    .healthy()) {
                return;
            }
            Thread.sleep(100);
        }
        throw new AssertionError(id + " did not come up");
    }

    private static int get(URI address, boolean synthetic) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        if (synthetic) {
            request.header("X-Slipway-Synthetic", "check");
        }
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.discarding())
                .statusCode();
    }

    @Override
    protected Metrics metrics() {
        return new ProxyMetrics(targets);
    }

    @Override
    protected Span span() {
        return used;
    }

    @Test
    void tellsVersionsApart() {
        assertThat(metrics().counts(Source.of("shop", "production", "1.0"), span()))
                .isEqualTo(new Counts(true, 10, 2));
        assertThat(metrics().counts(Source.of("shop", "production", "2.0"), span()))
                .isEqualTo(Counts.UNKNOWN);
    }

    @Test
    void tellsHowLongAnswersTook() {
        double[] seconds = metrics()
                .series(Metrics.LATENCY_P95, SOURCE, span(), span().length())
                .values();
        assertThat(seconds).hasSize(1);
        assertThat(seconds[0]).isBetween(0.0005, 5.0);
    }

    @Test
    void anotherSpanIsAnotherAnswer() {
        Span before = new Span(used.from().minusSeconds(100), used.from());
        assertThat(metrics().counts(SOURCE, before)).isEqualTo(Counts.UNKNOWN);
    }
}
