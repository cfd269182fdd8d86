package io.slipway.integration.targets.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.exactly;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.slipway.integration.targets.Route;
import io.slipway.integration.targets.SwitchTraffic;
import io.slipway.integration.targets.TargetOutcomeUnknown;
import io.slipway.integration.targets.TargetRefused;
import io.slipway.integration.targets.TargetRefused.Reason;
import io.slipway.integration.targets.TargetUnavailable;
import io.slipway.integration.targets.Targets;
import io.slipway.integration.targets.TransferArtifact;
import io.slipway.platform.http.HttpSettings;
import io.slipway.platform.http.OutboundHttp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the adapter tells a refusal, an unreached agent and an unknown outcome apart. */
@Timeout(30)
@SuppressWarnings("NullAway.Init")
class AgentTargetsFaultsTest {

    @RegisterExtension
    static final WireMockExtension AGENT = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    @TempDir
    Path data;

    private Targets targets;

    @BeforeEach
    void writeAddress() throws IOException {
        Files.writeString(data.resolve("ports.json"), "{\"control\":" + AGENT.getPort() + ",\"proxy\":1}");
        Files.writeString(data.resolve("token"), "secret");
        HttpSettings settings =
                new HttpSettings(Duration.ofSeconds(1), Duration.ofSeconds(5), Set.of("127.0.0.1"), 2_048);
        targets = new AgentTargets(
                new OutboundHttp(settings),
                new AgentTargetsSettings(data, "127.0.0.1", Duration.ofMillis(300), Duration.ofMillis(300)));
    }

    @AfterEach
    void restoreSettings() {
        new OutboundHttp(HttpSettings.defaults());
    }

    private void switchTraffic() {
        targets.switchTraffic(new SwitchTraffic(new Route("staging", "shop"), "one"), "k", 1);
    }

    private void transfer() {
        targets.transfer(
                new TransferArtifact("host", "a".repeat(64), 3, () -> new ByteArrayInputStream(new byte[3])), "k", 1);
    }

    private static void answering(ResponseDefinitionBuilder response) {
        AGENT.stubFor(any(anyUrl()).willReturn(response));
    }

    private void outcomeIsUnknownAndNothingWasRepeated() {
        assertThatThrownBy(this::switchTraffic)
                .isInstanceOfSatisfying(TargetOutcomeUnknown.class, e -> assertThat(e.outcomeUnknown())
                        .isTrue());
        AGENT.verify(exactly(1), anyRequestedFor(anyUrl()));
        assertThatThrownBy(this::transfer).isInstanceOf(TargetOutcomeUnknown.class);
        AGENT.verify(exactly(2), anyRequestedFor(anyUrl()));
    }

    @Test
    void anAnswerThatDoesNotComeInTimeLeavesTheOutcomeUnknown() {
        answering(okJson("{}").withFixedDelay(2_000));
        long asked = System.nanoTime();

        outcomeIsUnknownAndNothingWasRepeated();

        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofMillis(1_900));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aBrokenConnectionLeavesTheOutcomeUnknown(Fault fault) {
        answering(aResponse().withFault(fault));

        outcomeIsUnknownAndNothingWasRepeated();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 302, 307, 408})
    void aFailureOrARedirectLeavesTheOutcomeUnknown(int status) {
        answering(aResponse().withStatus(status).withHeader("Location", AGENT.baseUrl() + "/elsewhere"));

        outcomeIsUnknownAndNothingWasRepeated();

        AGENT.verify(exactly(0), anyRequestedFor(urlEqualTo("/elsewhere")));
    }

    @Test
    void anAnswerWithoutEndLeavesTheOutcomeUnknown() {
        answering(okJson("{\"serviceId\":\"" + "x".repeat(100_000) + "\"}"));

        outcomeIsUnknownAndNothingWasRepeated();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "no JSON", "{\"serviceId\":[]}"})
    void anAnswerThatCannotBeReadLeavesTheOutcomeUnknown(String body) {
        answering(okJson(body));

        assertThatThrownBy(this::switchTraffic).isInstanceOf(TargetOutcomeUnknown.class);
    }

    @ParameterizedTest
    @CsvSource({
        "409, stale-fence, STALE_FENCE",
        "422, key-reused, KEY_REUSED",
        "422, digest-mismatch, DIGEST_MISMATCH",
        "422, unsafe-package, UNSAFE_PACKAGE",
        "409, conflict, CONFLICT",
        "413, too-large, TOO_LARGE",
        "401, unauthorized, UNAUTHORIZED",
        "400, invalid-request, INVALID_REQUEST",
        "418, invented-later, INVALID_REQUEST"
    })
    void aDefiniteNoIsRefused(int status, String kind, Reason reason) {
        answering(jsonResponse(
                "{\"type\":\"urn:slipway:agent:" + kind + "\",\"detail\":\"because\",\"status\":" + status + "}",
                status));

        for (Runnable change : java.util.List.<Runnable>of(this::switchTraffic, this::transfer)) {
            assertThatThrownBy(change::run).isInstanceOfSatisfying(TargetRefused.class, refused -> {
                assertThat(refused.reason()).isEqualTo(reason);
                assertThat(refused).hasMessage("because");
            });
        }
    }

    @Test
    void aChangeThatIsBeingWorkedOnIsNotARefusal() {
        answering(jsonResponse("{\"type\":\"urn:slipway:agent:in-progress\",\"detail\":\"busy\",\"status\":409}", 409));

        assertThatThrownBy(this::switchTraffic).isInstanceOf(TargetOutcomeUnknown.class);
    }

    @Test
    void anotherServersNotFoundIsNotTakenForAnAnswer() {
        answering(aResponse().withStatus(404).withBody("nothing here"));

        assertThatThrownBy(() -> targets.probe("k")).isInstanceOf(TargetRefused.class);
    }

    @Test
    void anAgentThatIsNotReachedHasChangedNothing() throws IOException {
        Files.writeString(data.resolve("ports.json"), "{\"control\":1,\"proxy\":1}");

        for (Runnable change : java.util.List.<Runnable>of(this::switchTraffic, this::transfer)) {
            assertThatThrownBy(change::run)
                    .isInstanceOfSatisfying(TargetUnavailable.class, e -> assertThat(e.outcomeUnknown())
                            .isFalse());
        }
    }

    @Test
    void contentThatCannotBeReadHereHasChangedNothing() {
        TransferArtifact unreadable = new TransferArtifact("host", "a".repeat(64), 3, () -> {
            throw new IOException("gone");
        });

        assertThatThrownBy(() -> targets.transfer(unreadable, "k", 1))
                .isInstanceOfSatisfying(TargetUnavailable.class, e -> assertThat(e.outcomeUnknown())
                        .isFalse());
    }
}
