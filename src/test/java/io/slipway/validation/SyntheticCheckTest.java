package io.slipway.validation;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.slipway.Capability;
import io.slipway.validation.CheckStep.Expectation;
import io.slipway.validation.CheckStep.Extraction;
import io.slipway.validation.CheckStep.Method;
import io.slipway.validation.StepResult.Finding;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Capability("7.1")
class SyntheticCheckTest {

    @RegisterExtension
    static final WireMockExtension SHOP = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private static final CheckStep ORDER = new CheckStep(
            "Order",
            Method.POST,
            "/orders",
            "{\"lines\":[{\"product\":\"P-300\",\"quantity\":2}]}",
            201,
            List.of(new Expectation("/state", "OPEN")),
            List.of(new Extraction("order", "/id")));

    private static final CheckStep TOTAL = new CheckStep(
            "Ask for the total",
            Method.GET,
            "/orders/{order}/total",
            null,
            200,
            List.of(new Expectation("/total", "77.35")),
            List.of());

    private static List<StepResult> run(CheckStep... steps) {
        return run(Duration.ofSeconds(20), steps);
    }

    private static List<StepResult> run(Duration timeout, CheckStep... steps) {
        return new SyntheticCheck(List.of(steps), timeout).run(SHOP.baseUrl());
    }

    private static void shopOrders(String answer, int status) {
        SHOP.stubFor(post("/orders")
                .willReturn(aResponse()
                        .withStatus(status)
                        .withHeader("Content-Type", "application/json")
                        .withBody(answer)));
    }

    @Test
    void passesWhenEveryStepFindsWhatItExpects() {
        shopOrders("{\"id\":\"o 1/2\",\"state\":\"OPEN\"}", 201);
        SHOP.stubFor(get("/orders/o%201%2F2/total").willReturn(okJson("{\"total\":77.350}")));

        List<StepResult> results = run(ORDER, TOTAL);

        assertThat(results).allMatch(StepResult::passed).hasSize(2);
        assertThat(results.get(1).findings())
                .containsExactly(
                        new Finding("status", "200", "200", true), new Finding("/total", "77.35", "77.35", true));
        SHOP.verify(postRequestedFor(urlEqualTo("/orders"))
                .withHeader("X-Slipway-Synthetic", equalTo("true"))
                .withHeader("Content-Type", equalTo("application/json"))
                .withRequestBody(equalToJson("{\"lines\":[{\"product\":\"P-300\",\"quantity\":2}]}")));
        SHOP.verify(getRequestedFor(urlEqualTo("/orders/o%201%2F2/total"))
                .withHeader("X-Slipway-Synthetic", equalTo("true")));
    }

    @Test
    void tellsWhatWasExpectedAndFoundAndStopsThere() {
        shopOrders("{\"id\":\"1\",\"state\":\"LOST\"}", 500);

        List<StepResult> results = run(ORDER, TOTAL);

        assertThat(results).singleElement().satisfies(result -> {
            assertThat(result.passed()).isFalse();
            assertThat(result.step()).isEqualTo("Order");
            assertThat(result.request()).isEqualTo("POST " + SHOP.baseUrl() + "/orders");
            assertThat(result.findings())
                    .contains(new Finding("status", "201", "500", false), new Finding("/state", "OPEN", "LOST", false));
        });
    }

    @Test
    void findsAWrongTotal() {
        shopOrders("{\"id\":\"1\",\"state\":\"OPEN\"}", 201);
        SHOP.stubFor(get("/orders/1/total").willReturn(okJson("{\"total\":77.36}")));

        assertThat(run(ORDER, TOTAL).get(1).findings()).contains(new Finding("/total", "77.35", "77.36", false));
    }

    @Test
    void whatIsMissingOrNoJsonDoesNotPass() {
        shopOrders("{\"state\":\"OPEN\"}", 201);
        assertThat(run(ORDER).get(0).findings()).contains(new Finding("/id", "a value", "nothing", false));

        shopOrders("<html>busy</html>", 201);
        assertThat(run(ORDER).get(0).findings()).contains(new Finding("answer", "JSON", "<html>busy</html>", false));

        shopOrders("", 201);
        assertThat(run(ORDER).get(0).passed()).isFalse();
    }

    @Test
    void aValueThatNoStepGaveIsNotAskedFor() {
        assertThat(run(TOTAL).get(0).findings())
                .containsExactly(new Finding("{order}", "a value of an earlier step", "nothing", false));
        SHOP.verify(0, getRequestedFor(urlEqualTo("/orders/{order}/total")));
    }

    @Test
    void valuesAreWrittenAsTextIntoABody() {
        shopOrders("{\"id\":\"a\\\"b\",\"state\":\"OPEN\"}", 201);
        SHOP.stubFor(post("/notes").willReturn(okJson("{}")));

        run(ORDER, new CheckStep("Note", Method.POST, "/notes", "{\"of\":\"{order}\"}", 200, List.of(), List.of()));

        SHOP.verify(postRequestedFor(urlEqualTo("/notes")).withRequestBody(equalToJson("{\"of\":\"a\\\"b\"}")));
    }

    @Test
    void noAnswerInTimeOrAtAllDoesNotPass() throws IOException {
        SHOP.stubFor(get("/slow").willReturn(okJson("{}").withFixedDelay(3_000)));
        CheckStep slow = new CheckStep("Wait", Method.GET, "/slow", null, 200, List.of(), List.of());
        assertThat(run(Duration.ofMillis(300), slow).get(0).findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.met()).isFalse();
                    assertThat(finding.found()).contains("Timeout");
                });

        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        assertThat(new SyntheticCheck(List.of(slow), Duration.ofSeconds(1))
                        .run("http://127.0.0.1:" + closed)
                        .get(0)
                        .passed())
                .isFalse();
    }

    @Test
    void settingsThatCouldNotWorkAreRefusedAtTheStart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CheckStep("x", Method.GET, "orders", null, 200, List.of(), List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new ValidationSettings.Rhythm(0, 0, Duration.ofSeconds(1), Duration.ZERO, Duration.ZERO));
        ValidationSettings.Rhythm usual =
                new ValidationSettings.Rhythm(1, 1, Duration.ofSeconds(1), Duration.ZERO, Duration.ZERO);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ValidationSettings(
                        usual, Map.of(), Duration.ofSeconds(8), Map.of("shop", List.of(ORDER, TOTAL)), Map.of()))
                .withMessageContaining("shop");
    }
}
