package io.slipway.integration.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every adapter of {@link Metrics} does; a subclass gives the adapter and what lies behind it: {@link #SOURCE} has answered ten
 * requests within {@link #span}, two of them failed.
 */
@Timeout(60)
public abstract class MetricsContract {

    /** Who was used. */
    protected static final Source SOURCE = Source.of("shop", "production");

    /** Nobody has used it. */
    protected static final Source SILENT = Source.of("silent", "production");

    /** The adapter under test. */
    protected abstract Metrics metrics();

    /** The span in which {@link #SOURCE} was used. */
    protected abstract Span span();

    @Test
    void countsRequestsAndErrorsOfASpan() {
        Counts counts = metrics().counts(SOURCE, span());

        assertThat(counts).isEqualTo(new Counts(true, 10, 2));
        assertThat(counts.errorRate()).isEqualTo(0.2);
    }

    @Test
    void tellsThatNobodyCounted() {
        assertThat(metrics().counts(SILENT, span())).isEqualTo(Counts.UNKNOWN);
        assertThat(metrics()
                        .series(Metrics.REQUESTS, SILENT, span(), Duration.ofSeconds(1))
                        .points())
                .isEmpty();
    }

    @Test
    void aSeriesHasOneValueForEachStepThatWasMeasured() {
        Duration whole = span().length();

        assertThat(metrics().series(Metrics.REQUESTS, SOURCE, span(), whole).points())
                .singleElement()
                .satisfies(point -> {
                    assertThat(point.time()).isEqualTo(span().from());
                    assertThat(point.value()).isCloseTo(10, within(1e-9));
                });
        assertThat(metrics().series(Metrics.ERROR_RATE, SOURCE, span(), whole).values())
                .containsExactly(0.2);
    }

    @Test
    void anUnknownMetricIsRefusedWithTheNamesOfTheKnownOnes() {
        assertThatThrownBy(() -> metrics().series("mood", SOURCE, span(), Duration.ofSeconds(1)))
                .isInstanceOf(MetricsRefused.class)
                .hasMessageContaining("mood")
                .hasMessageContaining(Metrics.ERROR_RATE);
        assertThat(metrics().names()).contains(Metrics.REQUESTS, Metrics.ERRORS, Metrics.LATENCY_P95);
    }

    @Test
    void tooManyStepsAreRefused() {
        Span month = new Span(span().from(), span().from().plus(Duration.ofDays(30)));
        assertThatThrownBy(() -> metrics().series(Metrics.REQUESTS, SOURCE, month, Duration.ofSeconds(1)))
                .isInstanceOf(MetricsRefused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "shop\"} or vector(1)", "shop{range}", "a/../b", "shop\n"})
    void aNameThatCouldLeaveItsPlaceIsRefused(String name) {
        assertThatThrownBy(() -> Source.of(name, "production")).isInstanceOf(MetricsRefused.class);
        assertThatThrownBy(() -> Source.of("shop", "production", name)).isInstanceOf(MetricsRefused.class);
    }
}
