package io.slipway.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class TrafficSwitchTest {

    private static final int CLIENTS = 4;
    private static final int SWITCHES = 20;
    private static final int REQUESTS_BETWEEN_SWITCHES = 60;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    /** What the clients of a test have seen. */
    private static final class Clients implements AutoCloseable {

        private final AtomicBoolean done = new AtomicBoolean();
        private final AtomicLong answered = new AtomicLong();
        private final Queue<String> failures = new ConcurrentLinkedQueue<>();
        private final Set<String> versions = java.util.concurrent.ConcurrentHashMap.newKeySet();
        private final List<Thread> threads = new ArrayList<>();

        Clients(URI address) {
            for (int i = 0; i < CLIENTS; i++) {
                boolean posting = i % 2 == 1;
                Thread thread = new Thread(() -> run(address, posting), "client-" + i);
                threads.add(thread);
                thread.start();
            }
        }

        private void run(URI address, boolean posting) {
            HttpClient http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
            HttpRequest.Builder builder = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5));
            HttpRequest request =
                    posting ? builder.POST(BodyPublishers.ofString("order")).build() : builder.build();
            while (!done.get()) {
                try {
                    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
                    if (response.statusCode() == 200) {
                        versions.add(response.body());
                    } else {
                        failures.add(request.method() + " answered " + response.statusCode());
                    }
                } catch (IOException e) {
                    failures.add(request.method() + " failed: " + e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
                answered.incrementAndGet();
            }
        }

        void awaitMore(int requests) {
            long wanted = answered.get() + requests;
            assertThat(ControlClient.await(() -> answered.get() >= wanted)).isTrue();
        }

        @Override
        public void close() {
            done.set(true);
            assertThat(ControlClient.await(() -> threads.stream().noneMatch(Thread::isAlive)))
                    .isTrue();
        }
    }

    @Test
    @Timeout(90)
    void noRequestFailsDuringTwentySwitchesUnderLoad() throws Exception {
        try (AgentServer agent = AgentServer.start(data, 0, 0)) {
            ControlClient control = new ControlClient(data);
            control.startAndAwait("shop-1", SampleService.jar("1.0"), "1.0", "k1", 1);
            control.startAndAwait("shop-2", SampleService.jar("2.0"), "2.0", "k2", 1);
            control.switchRoute("production/shop", "shop-1", "k3", 1);
            URI address = URI.create("http://127.0.0.1:" + agent.proxyPort() + "/production/shop/version");
            Clients clients = new Clients(address);
            try (clients) {
                clients.awaitMore(REQUESTS_BETWEEN_SWITCHES);
                for (int i = 1; i <= SWITCHES; i++) {
                    int service = 1 + i % 2;
                    int answer = control.switchRoute("production/shop", "shop-" + service, "s" + i, 1)
                            .status();
                    assertThat(answer).isEqualTo(200);
                    assertThat(control.traffic("/production/shop/version").body())
                            .as("a request sent after the switch goes to the new service")
                            .isEqualTo(service + ".0");
                    clients.awaitMore(REQUESTS_BETWEEN_SWITCHES);
                }
            } finally {
                agent.shutDownServices();
            }

            assertThat(clients.failures).isEmpty();
            assertThat(clients.versions).containsExactlyInAnyOrder("1.0", "2.0");
            assertThat(clients.answered.get()).isGreaterThan(SWITCHES * REQUESTS_BETWEEN_SWITCHES);
        }
    }

    @Test
    @Timeout(90)
    void noRequestFailsWhenTheOldServiceIsStoppedAfterEachSwitch() throws Exception {
        try (AgentServer agent = AgentServer.start(data, 0, 0)) {
            ControlClient control = new ControlClient(data);
            byte[] jar = SampleService.jar("1.0");
            control.startAndAwait("shop-0", jar, "1.0", "k0", 1);
            control.switchRoute("production/shop", "shop-0", "s0", 1);
            URI address = URI.create("http://127.0.0.1:" + agent.proxyPort() + "/production/shop/version");
            Clients clients = new Clients(address);
            try (clients) {
                for (int i = 1; i <= 5; i++) {
                    control.startAndAwait("shop-" + i, jar, "1.0", "k" + i, 1);
                    control.switchRoute("production/shop", "shop-" + i, "s" + i, 1);
                    String old = "/services/shop-" + (i - 1) + "?key=d" + i + "&fence=1&target=host-1";
                    assertThat(control.call("DELETE", old, null).text("state")).isEqualTo("STOPPED");
                    clients.awaitMore(REQUESTS_BETWEEN_SWITCHES);
                }
            } finally {
                agent.shutDownServices();
            }

            assertThat(clients.failures).isEmpty();
        }
    }
}
