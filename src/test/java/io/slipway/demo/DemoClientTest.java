package io.slipway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoClientTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What the service answers at present, by path; a missing path is answered with status 404. */
    private final Map<String, String> bodies = new ConcurrentHashMap<>();

    private final Set<Integer> clientPorts = ConcurrentHashMap.newKeySet();
    private final Set<String> pathsAsked = ConcurrentHashMap.newKeySet();
    private final HttpServer service = service();
    private final DemoClient client =
            new DemoClient(address(), Duration.ofMillis(2), Duration.ofMinutes(5), Clock.systemUTC());

    @BeforeEach
    void serve() {
        bodies.put("/products", "[{\"id\":\"P-1\"},{\"id\":\"P-2\"}]");
        bodies.put("/products/P-1", "{\"id\":\"P-1\"}");
        bodies.put("/products/P-2", "{\"id\":\"P-2\"}");
        bodies.put("/version", "{\"version\":\"1.0\"}");
        service.createContext("/", this::answer);
        service.start();
    }

    @AfterEach
    void end() {
        client.close();
        service.stop(0);
    }

    @Test
    void readsListProductsAndVersionOverOneConnection() {
        client.start();
        await().atMost(PATIENCE).until(() -> client.traffic().requests() >= 30);
        DemoTraffic traffic = client.stop();

        assertThat(traffic.failures()).isZero();
        assertThat(traffic.lastFailures()).isEmpty();
        assertThat(traffic.versions()).containsOnlyKeys("1.0");
        assertThat(pathsAsked).containsExactlyInAnyOrder("/products", "/products/P-1", "/products/P-2", "/version");
        assertThat(clientPorts).hasSize(1);
    }

    @Test
    void tellsWhichVersionsAnsweredAndWhen() {
        client.start();
        await().atMost(PATIENCE).until(() -> client.traffic().versions().containsKey("1.0"));
        bodies.put("/version", "{\"version\":\"1.1\"}");
        await().atMost(PATIENCE).until(() -> client.traffic().versions().containsKey("1.1"));
        DemoTraffic traffic = client.stop();

        assertThat(traffic.versions().keySet()).containsExactly("1.0", "1.1");
        assertThat(traffic.seconds().stream()
                        .mapToLong(DemoTraffic.Second::requests)
                        .sum())
                .isEqualTo(traffic.requests());
        assertThat(traffic.seconds().stream()
                        .flatMap(second -> second.versions().stream())
                        .distinct())
                .containsExactly("1.0", "1.1");
        assertThat(traffic.seconds())
                .extracting(DemoTraffic.Second::at)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void countsWrongStatusAndMalformedBodiesAsFailures() {
        bodies.remove("/products/P-2");
        bodies.put("/products/P-1", "{\"id\":\"P-2\"}");
        client.start();
        awaitFailure("/products/P-1", "malformed body: not product P-1");
        awaitFailure("/products/P-2", "status 404");
        bodies.put("/version", "{\"version\":\"1.0\"} and more");
        awaitFailure("/version", "malformed body");
        bodies.put("/version", "{}");
        awaitFailure("/version", "malformed body: no version");
        bodies.put("/products", "{\"error\":\"none\"}");
        awaitFailure("/products", "malformed body");
        bodies.put("/products", "[]");
        awaitFailure("/products", "malformed body: no list of products");
        bodies.put("/products", "");
        awaitFailure("/products", "malformed body: no list of products");
        DemoTraffic traffic = client.stop();

        assertThat(traffic.failures()).isBetween(7L, traffic.requests());
        assertThat(traffic.seconds().stream()
                        .mapToLong(DemoTraffic.Second::failures)
                        .sum())
                .isEqualTo(traffic.failures());
    }

    @Test
    void countsAConnectionThatIsRefusedAsAFailure() {
        client.start();
        await().atMost(PATIENCE).until(() -> client.traffic().requests() > 0);
        service.stop(0);
        await().atMost(PATIENCE).until(() -> client.traffic().lastFailures().stream()
                .anyMatch(failure -> failure.reason().contains("ConnectException")));
    }

    @Test
    void keepsNoMoreThanTheNewestFailures() {
        bodies.clear();
        client.start();
        await().atMost(PATIENCE).until(() -> client.traffic().failures() > DemoClient.FAILURES_KEPT);
        DemoTraffic traffic = client.stop();

        assertThat(traffic.failures()).isEqualTo(traffic.requests());
        assertThat(traffic.lastFailures()).hasSize(DemoClient.FAILURES_KEPT);
    }

    @Test
    void sendsNothingAfterTheStop() {
        client.start();
        await().atMost(PATIENCE).until(() -> client.traffic().requests() > 0);
        DemoTraffic atStop = client.stop();

        assertThat(client.isRunning()).isFalse();
        assertThat(client.traffic()).isEqualTo(atStop);
        assertThatThrownBy(client::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("only once");
    }

    @Test
    void stopsByItselfAtTheEndOfItsTime() {
        try (DemoClient brief =
                new DemoClient(address(), Duration.ofMillis(2), Duration.ofMillis(50), Clock.systemUTC())) {
            brief.start();
            await().atMost(PATIENCE).until(() -> !brief.isRunning());
            assertThat(brief.traffic().requests()).isPositive();
        }
    }

    @Test
    void refusesAnAddressThatIsNotHttp() {
        assertThatThrownBy(() -> new DemoClient(
                        URI.create("file:///etc"), Duration.ofMillis(2), Duration.ofMinutes(1), Clock.systemUTC()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void awaitFailure(String path, String reason) {
        await(path + ": " + reason).atMost(PATIENCE).until(() -> client.traffic().lastFailures().stream()
                .anyMatch(failure ->
                        failure.path().equals(path) && failure.reason().startsWith(reason)));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            clientPorts.add(exchange.getRemoteAddress().getPort());
            String path = exchange.getRequestURI().getPath();
            pathsAsked.add(path);
            String body = bodies.get(path);
            byte[] bytes = String.valueOf(body).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(body == null ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + service.getAddress().getPort() + "/");
    }

    private static HttpServer service() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
