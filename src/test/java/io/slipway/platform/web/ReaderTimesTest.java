package io.slipway.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ReaderTimesTest {

    private static final Instant NOW = Instant.parse("2026-03-29T00:30:00Z");

    private final ReaderTimes berlin = new ReaderTimes(ZoneId.of("Europe/Berlin"), NOW);

    @Test
    void writesTheReadersTimeOnBothSidesOfTheChangeOfClocks() {
        assertThat(berlin.local(NOW)).isEqualTo("29 Mar 2026, 01:30");
        assertThat(berlin.local(NOW.plus(Duration.ofHours(1)))).isEqualTo("29 Mar 2026, 03:30");
        assertThat(berlin.utc(NOW)).isEqualTo("2026-03-29 00:30:00 UTC");
    }

    @Test
    void tellsTheDayOfAnEndOnlyWhenItIsAnother() {
        assertThat(berlin.localEnd(NOW, NOW.plus(Duration.ofHours(2)))).isEqualTo("04:30");
        assertThat(berlin.localEnd(NOW, NOW.plus(Duration.ofHours(24)))).isEqualTo("30 Mar 2026, 02:30");
    }

    @Test
    void tellsASpanInItsLargestUnit() {
        assertThat(berlin.since(NOW.minusSeconds(59))).isEqualTo("59 s");
        assertThat(berlin.since(NOW.minusSeconds(60))).isEqualTo("1 min");
        assertThat(berlin.since(NOW.minus(Duration.ofHours(47)))).isEqualTo("1 d");
        assertThat(berlin.since(NOW.plusSeconds(5))).isEqualTo("0 s");
    }

    @Test
    void takesUtcForAZoneThatDoesNotExist() {
        assertThat(ReaderTimes.zone("Nowhere/City")).isEqualTo(ZoneOffset.UTC);
        assertThat(ReaderTimes.zone("x".repeat(1000))).isEqualTo(ZoneOffset.UTC);
        assertThat(ReaderTimes.zone(null)).isEqualTo(ZoneOffset.UTC);
        assertThat(ReaderTimes.zone("Asia/Tokyo")).isEqualTo(ZoneId.of("Asia/Tokyo"));
    }
}
