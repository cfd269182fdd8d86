package io.slipway.governance.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.slipway.Capability;
import io.slipway.release.Refused;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** Intervals of shares, and the days of reports. */
@Capability("8.6")
class WilsonTest {

    @Test
    void knownIntervals() {
        // Known values of the score interval: 1 of 10, 0 of 10, 50 of 100.
        assertThat(Wilson.of(1, 10).low()).isCloseTo(0.0179, within(0.0001));
        assertThat(Wilson.of(1, 10).high()).isCloseTo(0.4042, within(0.0001));
        assertThat(Wilson.of(0, 10).low()).isZero();
        assertThat(Wilson.of(0, 10).high()).isCloseTo(0.2775, within(0.0001));
        assertThat(Wilson.of(50, 100).low()).isCloseTo(0.4038, within(0.0001));
        assertThat(Wilson.of(50, 100).high()).isCloseTo(0.5962, within(0.0001));
        assertThat(Wilson.of(0, 0)).isEqualTo(new Wilson(0, 1));
    }

    @Test
    void daysOfAReport() {
        Instant now = Instant.parse("2026-03-14T23:30:00Z");
        assertThat(Period.of("", "", now)).isEqualTo(new Period(LocalDate.of(2025, 12, 15), LocalDate.of(2026, 3, 14)));
        assertThat(Period.of("2026-03-01", "2026-03-02", now).days()).isEqualTo(2);
        assertThat(Period.of("2026-03-01", "2026-03-02", now).end()).isEqualTo("2026-03-03T00:00:00Z");
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> Period.of("2026-03-02", "2026-03-01", now))
                .withMessageContaining("before the first");
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> Period.of("${7*7}", "", now))
                .withMessageContaining("'from' is a day");
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> Period.of("2016-03-02", "2026-03-01", now))
                .withMessageContaining("at most");
    }
}
