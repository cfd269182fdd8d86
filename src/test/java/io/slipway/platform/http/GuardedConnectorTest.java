package io.slipway.platform.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.exactly;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.THROWABLE;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.slipway.platform.http.OutboundHttp.Answer;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import org.apache.http.client.methods.HttpGet;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camunda.connect.ConnectorException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
@SuppressWarnings("NullAway.Init")
class GuardedConnectorTest {

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private OutboundHttp http;

    @BeforeEach
    void useSmallBounds() {
        http = new OutboundHttp(
                new HttpSettings(Duration.ofMillis(500), Duration.ofMillis(300), Set.of("localhost"), 1_024));
    }

    @AfterEach
    void restoreSettings() {
        new OutboundHttp(HttpSettings.defaults());
    }

    @Test
    void anAnswerWithinTheBoundsIsGiven() throws IOException {
        SERVER.stubFor(get(anyUrl()).willReturn(ok("x".repeat(1_024))));

        assertThat(ask("/")).isEqualTo(new Answer(200, "x".repeat(1_024)));
    }

    @Test
    void silenceEndsAfterTheReadTimeoutUnlessTheExchangeAsksForAnother() throws IOException {
        SERVER.stubFor(get(anyUrl()).willReturn(ok("late").withFixedDelay(700)));

        rootOf(() -> ask("/")).isInstanceOf(SocketTimeoutException.class);
        assertThat(http.connector()
                        .createRequest()
                        .get()
                        .url(SERVER.baseUrl() + "/")
                        .configOption("socket-timeout", 5_000)
                        .execute()
                        .getResponse())
                .isEqualTo("late");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1", "http://example.org", "http://localhost.example.org", "http://[::1]"})
    void hostsThatAreNotAllowedAreNotCalled(String origin) {
        SERVER.stubFor(get(anyUrl()).willReturn(ok("reached")));
        String address = origin + ":" + SERVER.getPort() + "/";

        rootOf(() -> http.connector().createRequest().get().url(address).execute())
                .isInstanceOf(HostNotAllowed.class);
        rootOf(() -> http.client().execute(new HttpGet(address)).close()).isInstanceOf(HostNotAllowed.class);
        SERVER.verify(exactly(0), getRequestedFor(anyUrl()));
    }

    @Test
    void redirectsAreNotFollowed() throws IOException {
        SERVER.stubFor(get(urlEqualTo("/")).willReturn(temporaryRedirect("/elsewhere")));

        assertThat(ask("/").status()).isEqualTo(302);
        SERVER.verify(exactly(0), getRequestedFor(urlEqualTo("/elsewhere")));
    }

    @Test
    void answersBeyondTheBoundAreCutOffAlsoWhenTheyWereSmallOnTheWay() {
        // WireMock compresses: 100,000 equal letters travel as some hundred bytes.
        SERVER.stubFor(get(anyUrl()).willReturn(ok("x".repeat(100_000))));

        rootOf(() -> ask("/")).isInstanceOf(ResponseTooLarge.class);
    }

    @Test
    void nothingIsRepeatedSilently() {
        SERVER.stubFor(get(anyUrl()).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

        assertThatThrownBy(() -> ask("/"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("NoHttpResponseException");
        SERVER.verify(exactly(1), getRequestedFor(anyUrl()));
    }

    @Test
    void failuresBeforeSendingAreToldApart() {
        assertThat(OutboundHttp.failedBeforeSending(new ConnectorException("x", new UnknownHostException("nowhere"))))
                .isTrue();
        assertThat(OutboundHttp.failedBeforeSending(new ConnectorException("x", new SocketTimeoutException("read"))))
                .isFalse();
        assertThatThrownBy(() -> http.connector()
                        .createRequest()
                        .get()
                        .url("http://localhost:1/")
                        .execute())
                .satisfies(refused ->
                        assertThat(OutboundHttp.failedBeforeSending(refused)).isTrue());
    }

    private Answer ask(String path) throws IOException {
        return http.exchange(http.connector().createRequest().get().url(SERVER.baseUrl() + path));
    }

    private static AbstractThrowableAssert<?, ?> rootOf(ThrowingCallable call) {
        return assertThatThrownBy(call).rootCause().asInstanceOf(THROWABLE);
    }
}
