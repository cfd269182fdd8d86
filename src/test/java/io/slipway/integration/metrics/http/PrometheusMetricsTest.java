package io.slipway.integration.metrics.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.slipway.integration.metrics.Metrics;
import io.slipway.integration.metrics.MetricsContract;
import io.slipway.integration.metrics.MetricsRefused;
import io.slipway.integration.metrics.MetricsUnavailable;
import io.slipway.integration.metrics.Series.Point;
import io.slipway.integration.metrics.Source;
import io.slipway.integration.metrics.Span;
import io.slipway.platform.http.HttpSettings;
import io.slipway.platform.http.OutboundHttp;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Against answers as Prometheus gives them. */
class PrometheusMetricsTest extends MetricsContract {

    private static final Instant FROM = Instant.parse("2026-03-02T10:00:00Z");
    private static final Span SPAN = new Span(FROM, FROM.plusSeconds(60));
    private static final String PATH = "/api/v1/query_range";

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private final MetricsSettings settings = new MetricsSettings(null, Duration.ofMillis(500), Map.of());

    @BeforeEach
    void answer() {
        SERVER.stubFor(get(urlPathEqualTo(PATH)).atPriority(9).willReturn(okJson(matrix(""))));
        stub("sum(increase(http_requests_total{system", "10");
        stub("sum(increase(http_requests_total{code", "2");
        stub("/ sum(increase(http_requests_total{system", "0.2");
    }

    private static void stub(String query, String value) {
        SERVER.stubFor(get(urlPathEqualTo(PATH))
                .atPriority(query.startsWith("/") ? 2 : 3)
                .withQueryParam("query", containing(query).and(containing("system=\"shop\"")))
                .willReturn(okJson(matrix(result("[" + SPAN.to().getEpochSecond() + ",\"" + value + "\"]")))));
    }

    private static String matrix(String results) {
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[" + results + "]}}";
    }

    private static String result(String values) {
        return "{\"metric\":{},\"values\":[" + values + "]}";
    }

    private static void everythingAnswers(String json) {
        SERVER.stubFor(get(urlPathEqualTo(PATH)).atPriority(1).willReturn(okJson(json)));
    }

    @Override
    protected Metrics metrics() {
        return new PrometheusMetrics(
                new OutboundHttp(HttpSettings.defaults()), SERVER.baseUrl(), settings.timeout(), settings.queries());
    }

    @Override
    protected Span span() {
        return SPAN;
    }

    @Test
    void asksForTheRangeThatEndsAtEachStep() {
        metrics().series(Metrics.REQUESTS, Source.of("shop", "production", "2.4.0+b"), SPAN, Duration.ofSeconds(20));

        SERVER.verify(getRequestedFor(urlPathEqualTo(PATH))
                .withQueryParam("start", equalTo(String.valueOf(FROM.getEpochSecond() + 20)))
                .withQueryParam("end", equalTo(String.valueOf(FROM.getEpochSecond() + 60)))
                .withQueryParam("step", equalTo("20"))
                .withQueryParam(
                        "query",
                        equalTo("sum(increase(http_requests_total{system=\"shop\",environment=\"production\","
                                + "version=~\"2\\\\.4\\\\.0\\\\+b\"}[20s]))")));
    }

    @Test
    void aValueThatIsNoNumberIsLeftOut() {
        long end = SPAN.to().getEpochSecond();
        everythingAnswers(
                matrix(result("[" + (end - 40) + ",\"NaN\"],[" + (end - 20) + ",\"0.5\"],[" + end + ",\"+Inf\"]")));

        assertThat(metrics()
                        .series(Metrics.ERROR_RATE, SOURCE, SPAN, Duration.ofSeconds(20))
                        .points())
                .containsExactly(new Point(FROM.plusSeconds(20), 0.5));
    }

    @Test
    void withoutASeriesOfErrorsThereWereNone() {
        SERVER.stubFor(get(urlPathEqualTo(PATH))
                .atPriority(1)
                .withQueryParam("query", containing("code=~"))
                .willReturn(okJson(matrix(""))));

        assertThat(metrics().counts(SOURCE, SPAN).errors()).isZero();
        assertThat(metrics().counts(SOURCE, SPAN).known()).isTrue();
    }

    @Test
    void moreThanOneSeriesIsRefusedWithTheRemedy() {
        everythingAnswers(matrix(result("[1,\"1\"]") + "," + result("[1,\"2\"]")));

        assertThatThrownBy(() -> metrics().counts(SOURCE, SPAN))
                .isInstanceOf(MetricsRefused.class)
                .hasMessageContaining("sum them up");
    }

    @Test
    void aRefusedQueryTellsTheReason() {
        SERVER.stubFor(get(urlPathEqualTo(PATH))
                .atPriority(1)
                .willReturn(jsonResponse("{\"status\":\"error\",\"error\":\"parse error: no\"}", 400)));

        assertThatThrownBy(() -> metrics().counts(SOURCE, SPAN))
                .isInstanceOf(MetricsRefused.class)
                .hasMessageContaining("parse error: no");
    }

    @Test
    void aServerThatFailsOrIsSilentOrTalksNonsenseIsUnavailable() {
        SERVER.stubFor(
                get(urlPathEqualTo(PATH)).atPriority(1).willReturn(aResponse().withStatus(503)));
        assertThatThrownBy(() -> metrics().counts(SOURCE, SPAN)).isInstanceOf(MetricsUnavailable.class);

        SERVER.stubFor(get(urlPathEqualTo(PATH))
                .atPriority(1)
                .willReturn(okJson(matrix("")).withFixedDelay(1_500)));
        assertThatThrownBy(() -> metrics().counts(SOURCE, SPAN)).isInstanceOf(MetricsUnavailable.class);

        SERVER.stubFor(
                get(urlPathEqualTo(PATH)).atPriority(1).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
        assertThatThrownBy(() -> metrics().counts(SOURCE, SPAN)).isInstanceOf(MetricsUnavailable.class);

        everythingAnswers("<html>");
        assertThatThrownBy(() -> metrics().counts(SOURCE, SPAN)).isInstanceOf(MetricsUnavailable.class);
    }
}
