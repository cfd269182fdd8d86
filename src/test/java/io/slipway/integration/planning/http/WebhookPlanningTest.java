package io.slipway.integration.planning.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.slipway.integration.planning.MilestoneChange;
import io.slipway.integration.planning.PlanningTool;
import io.slipway.integration.planning.PlanningToolContract;
import io.slipway.integration.planning.PlanningToolRefused;
import io.slipway.integration.planning.PlanningToolUnavailable;
import io.slipway.platform.http.HttpSettings;
import io.slipway.platform.http.OutboundHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Against a receiver that reads webhooks as Standard Webhooks says: a known id changes nothing. */
@SuppressWarnings("NullAway.Init")
class WebhookPlanningTest extends PlanningToolContract {

    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    @TempDir
    Path directory;

    private Path secretFile;

    @BeforeEach
    void accepts() throws IOException {
        secretFile = directory.resolve("secret");
        Files.writeString(secretFile, "whsec_" + Base64.getEncoder().encodeToString(SECRET) + "\n");
        SERVER.stubFor(post("/hook").willReturn(aResponse().withStatus(204)));
    }

    @Override
    protected PlanningTool tool() {
        return new WebhookPlanning(
                new OutboundHttp(
                        new HttpSettings(Duration.ofSeconds(2), Duration.ofSeconds(2), Set.of("localhost"), 1_000_000)),
                SERVER.baseUrl() + "/hook",
                secretFile,
                Duration.ofSeconds(2),
                Clock.fixed(NOON, ZoneOffset.UTC));
    }

    @Override
    protected Optional<Instant> forecast(String release, String milestone) {
        Set<String> known = new HashSet<>();
        Optional<Instant> last = Optional.empty();
        for (LoggedRequest request : requests()) {
            JsonNode data = json(request).path("data");
            if (known.add(request.getHeader("webhook-id"))
                    && data.path("release").asText().equals(release)
                    && data.path("milestone").asText().equals(milestone)) {
                last = Optional.of(Instant.parse(data.path("forecast").asText()));
            }
        }
        return last;
    }

    private static List<LoggedRequest> requests() {
        return SERVER.findAll(postRequestedFor(urlPathEqualTo("/hook")));
    }

    private static JsonNode json(LoggedRequest request) {
        try {
            return new ObjectMapper().readTree(request.getBodyAsString());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static MilestoneChange change() {
        return new MilestoneChange("c-1", "shop-1.0.0", "LIVE", NOON, NOON, Optional.of(NOON), Optional.empty());
    }

    @Test
    void signsIdTimeAndBody() throws Exception {
        tool().push(change());

        LoggedRequest request = requests().get(0);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
        String signed = "c-1." + NOON.getEpochSecond() + "." + request.getBodyAsString();
        assertThat(request.getHeader("webhook-signature"))
                .isEqualTo("v1,"
                        + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
        assertThat(request.getHeader("webhook-timestamp")).isEqualTo(String.valueOf(NOON.getEpochSecond()));
        assertThat(json(request).at("/data/actual").asText()).isEqualTo(NOON.toString());
    }

    @Test
    void tellsWhatMayBeRepeatedFromWhatMayNot() throws Exception {
        for (int status : new int[] {500, 503, 429}) {
            SERVER.stubFor(post("/hook").willReturn(aResponse().withStatus(status)));
            assertThatExceptionOfType(PlanningToolUnavailable.class).isThrownBy(() -> tool().push(change()));
        }
        for (int status : new int[] {302, 400, 410}) {
            SERVER.stubFor(
                    post("/hook").willReturn(aResponse().withStatus(status).withHeader("Location", "/elsewhere")));
            assertThatExceptionOfType(PlanningToolRefused.class).isThrownBy(() -> tool().push(change()));
        }
        Files.writeString(secretFile, "whsec_c2hvcnQ=");
        assertThatExceptionOfType(PlanningToolUnavailable.class)
                .isThrownBy(() -> tool().push(change()))
                .withMessageContaining("24 to 64 bytes")
                .withMessageNotContaining("c2hvcnQ");
    }
}
