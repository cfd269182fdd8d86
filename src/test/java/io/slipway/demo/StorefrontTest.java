package io.slipway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample service as it is deployed: built, and run in a process of its own. */
class StorefrontTest {

    private static final String TEN_MUGS = "{\"lines\":[{\"product\":\"P-100\",\"quantity\":10}]}";

    @TempDir
    static Path data;

    private static SampleBuild build;

    @BeforeAll
    static void buildAll() {
        build = new SampleBuild(new SampleRepository(data), data);
        SampleRelease.VERSIONS.forEach(build::build);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.3.0", "2.4.0", "2.5.0", "2.6.0"})
    void everyVersionIsHealthyAndShowsItsProducts(String version) throws Exception {
        try (RunningStorefront shop = start(version)) {
            HttpResponse<String> health = shop.get("/health");
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body()).isEqualTo("{\"status\":\"UP\",\"version\":\"" + version + "\"}");
            assertThat(json(shop.get("/version")).path("version").asText()).isEqualTo(version);
            JsonNode products = json(shop.get("/products"));
            assertThat(products).hasSize(5);
            for (JsonNode product : products) {
                assertThat(json(shop.get("/products/" + product.path("id").asText())))
                        .isEqualTo(product);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2.3.0, 77.35, 119.00", "2.4.0, 77.35, 107.10", "2.5.0, 77.33, 107.10", "2.6.0, 77.35, 107.10"})
    void onlyTheBrokenVersionGetsTheSyntheticCheckoutWrong(String version, String total, String tenMugs)
            throws Exception {
        try (RunningStorefront shop = start(version)) {
            assertThat(total(shop, SyntheticCheckout.ORDER)).isEqualTo(total);
            assertThat(total(shop, TEN_MUGS)).isEqualTo(tenMugs);
        }
        assertThat(total.equals(SyntheticCheckout.TOTAL)).isEqualTo(!version.equals("2.5.0"));
    }

    @Test
    void wrongRequestsAreRefusedWithAReason() throws Exception {
        try (RunningStorefront shop = start("2.4.0")) {
            assertThat(json(shop.post("/orders", "{\"lines\":[{\"product\":\"P-100\",\"quantity\":0}]}"))
                            .path("error")
                            .asText())
                    .isEqualTo("a line needs a product and a quantity from 1 to 1000");
            assertThat(shop.post("/orders", "[".repeat(1_000)).statusCode()).isEqualTo(400);
            assertThat(shop.post("/products", "{}").statusCode()).isEqualTo(405);
            assertThat(shop.get("/orders/O-1").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aRequestInFlightIsAnsweredAfterTheSignalToEnd() throws Exception {
        try (RunningStorefront shop = start("2.4.0");
                Socket client = connect(shop)) {
            client.setSoTimeout(10_000);
            OutputStream request = client.getOutputStream();
            request.write(("POST /orders HTTP/1.1\r\nHost: shop\r\nContent-Length: " + TEN_MUGS.length()
                            + "\r\nExpect: 100-continue\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            // The service asks for the body: the request is in its hands.
            assertThat(readHead(client)).startsWith("HTTP/1.1 100 ");

            shop.terminate();
            await("no new connection is taken").atMost(Duration.ofSeconds(10)).until(() -> refusesConnections(shop));
            request.write(TEN_MUGS.getBytes(StandardCharsets.US_ASCII));

            assertThat(readHead(client)).startsWith("HTTP/1.1 201 ");
            assertThat(shop.endsWithin(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void anIdleServiceEndsAtOnce() throws Exception {
        try (RunningStorefront shop = start("2.3.0")) {
            shop.get("/health");
            shop.terminate();
            assertThat(shop.endsWithin(Duration.ofSeconds(5))).isTrue();
        }
    }

    private static RunningStorefront start(String version) throws IOException {
        return RunningStorefront.start(build.provide(version).jar());
    }

    /** What an order costs, asked in the two steps of the synthetic check. */
    private static String total(RunningStorefront shop, String order) throws Exception {
        HttpResponse<String> taken = shop.post(SyntheticCheckout.ORDERS_PATH, order);
        assertThat(taken.statusCode()).isEqualTo(201);
        String id = json(taken).path("id").asText();
        assertThat(json(shop.get("/orders/" + id))).isEqualTo(json(taken));
        return json(shop.get(SyntheticCheckout.totalPath(id))).path("total").asText();
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }

    private static Socket connect(RunningStorefront shop) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), shop.address().getPort());
    }

    private static boolean refusesConnections(RunningStorefront shop) {
        try (Socket refused = connect(shop)) {
            return !refused.isConnected();
        } catch (IOException e) {
            return true;
        }
    }

    /** The status line and the headers of the next answer. */
    private static String readHead(Socket client) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = client.getInputStream().read();
            if (c < 0) {
                throw new IOException("the connection ended after: " + head);
            }
            head.append((char) c);
        }
        return head.toString();
    }
}
