package io.slipway.integration.planning.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.slipway.Capability;
import io.slipway.integration.planning.MilestoneChange;
import io.slipway.integration.planning.PlanningToolRefused;
import io.slipway.platform.http.HttpSettings;
import io.slipway.platform.http.OutboundHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A receiver that verifies what Standard Webhooks asks for, and takes nothing that is signed by another secret or at another time. */
@Capability("2.5")
@SuppressWarnings("NullAway.Init")
class VerifyingReceiverTest {

    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OTHER = "fedcba9876543210fedcba9876543210".getBytes(StandardCharsets.US_ASCII);
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    @TempDir
    Path directory;

    private final List<String> taken = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void listens() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", this::receive);
        server.start();
    }

    @AfterEach
    void stops() {
        server.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        String at = exchange.getRequestHeaders().getFirst("webhook-timestamp");
        String signature = exchange.getRequestHeaders().getFirst("webhook-signature");
        boolean fresh = Math.abs(Long.parseLong(at) - NOON.getEpochSecond()) <= 300;
        boolean own = MessageDigest.isEqual(
                signature.getBytes(StandardCharsets.US_ASCII),
                ("v1," + signed(id + "." + at + "." + body)).getBytes(StandardCharsets.US_ASCII));
        if (fresh && own) {
            taken.add(body);
        }
        exchange.sendResponseHeaders(fresh && own ? 204 : 401, -1);
        exchange.close();
    }

    private static String signed(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private void push(byte[] secret, Instant now) throws IOException {
        Path file = directory.resolve("secret");
        Files.writeString(file, "whsec_" + Base64.getEncoder().encodeToString(secret));
        new WebhookPlanning(
                        new OutboundHttp(new HttpSettings(
                                Duration.ofSeconds(2), Duration.ofSeconds(2), Set.of("localhost"), 1_000_000)),
                        "http://localhost:" + server.getAddress().getPort() + "/hook",
                        file,
                        Duration.ofSeconds(2),
                        Clock.fixed(now, ZoneOffset.UTC))
                .push(new MilestoneChange(
                        "c-1", "shop-1.0.0", "LIVE", NOON, NOON, Optional.of(NOON), Optional.empty()));
    }

    @Test
    void whatIsSignedByItsSecretIsTaken() throws IOException {
        push(SECRET, NOON);
        assertThat(taken).singleElement().asString().contains("\"milestone\":\"LIVE\"");
    }

    @Test
    void anotherSecretIsRefusedAndTheSenderIsTold() {
        assertThatExceptionOfType(PlanningToolRefused.class)
                .isThrownBy(() -> push(OTHER, NOON))
                .withMessageContaining("401")
                .withMessageContaining("its secret");
        assertThat(taken).isEmpty();
    }

    @Test
    void aMessageOfAnotherTimeIsRefused() {
        assertThatExceptionOfType(PlanningToolRefused.class).isThrownBy(() -> push(SECRET, NOON.minusSeconds(3_600)));
        assertThat(taken).isEmpty();
    }
}
