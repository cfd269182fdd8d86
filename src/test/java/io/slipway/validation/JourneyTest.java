package io.slipway.validation;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.slipway.Capability;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Capability("7.1")
class JourneyTest {

    @RegisterExtension
    static final WireMockExtension SHOP = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private static ValidationSettings settings(Map<String, String> regions) {
        CheckStep step = new CheckStep(
                "See the products",
                CheckStep.Method.GET,
                "/products",
                null,
                200,
                List.of(new CheckStep.Expectation("/count", "7")),
                List.of());
        return new ValidationSettings(
                new ValidationSettings.Rhythm(
                        2, 3, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofHours(2)),
                Map.of(),
                Duration.ofSeconds(2),
                Map.of("storefront", List.of(step)),
                Map.of("storefront", regions));
    }

    @Test
    void runsInEveryRegionAndLooksAtTheOthersWhereOneFails() {
        SHOP.stubFor(get("/japan/products").willReturn(okJson("{\"count\":6}")));
        SHOP.stubFor(get("/europe/products").willReturn(okJson("{\"count\":7}")));
        List<StepResult> results = new Journey(
                        settings(Map.of("Japan", SHOP.baseUrl() + "/japan", "Europe", SHOP.baseUrl() + "/europe")),
                        "storefront")
                .run(SHOP.baseUrl());
        assertThat(results)
                .extracting(StepResult::step)
                .containsExactly("Europe: See the products", "Japan: See the products");
        assertThat(results).extracting(StepResult::passed).containsExactly(true, false);
        SHOP.verify(0, getRequestedFor(urlPathEqualTo("/products")));
    }

    @Test
    void withoutRegionsItRunsAtTheAddressOfProduction() {
        SHOP.stubFor(get("/products").willReturn(okJson("{\"count\":7}")));
        assertThat(new Journey(settings(Map.of()), "storefront").run(SHOP.baseUrl()))
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.step()).isEqualTo("See the products");
                    assertThat(result.passed()).isTrue();
                });
    }
}
