package io.slipway.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReaderTimesTest {

    private static final Instant NOW = Instant.parse("2026-03-29T00:30:00Z");

    private final ReaderTimes berlin = new ReaderTimes(ZoneId.of("Europe/Berlin"), NOW);

    @Test
    void writesTheReadersTimeOnBothSidesOfTheChangeOfClocks() {
        assertThat(berlin.local(NOW)).isEqualTo("29 Mar 2026, 01:30 CET");
        assertThat(berlin.local(NOW.plus(Duration.ofHours(1)))).isEqualTo("29 Mar 2026, 03:30 CEST");
        assertThat(berlin.utc(NOW)).isEqualTo("2026-03-29 00:30:00 UTC");
    }

    @Test
    void tellsTheDayOfAnEndOnlyWhenItIsAnother() {
        assertThat(berlin.localEnd(NOW, NOW.plus(Duration.ofHours(2)))).isEqualTo("04:30 CEST");
        assertThat(berlin.localEnd(NOW, NOW.plus(Duration.ofHours(24)))).isEqualTo("30 Mar 2026, 02:30 CEST");
    }

    @Test
    void tellsASpanInItsLargestUnit() {
        assertThat(berlin.since(NOW.minusSeconds(59))).isEqualTo("59 s");
        assertThat(berlin.since(NOW.minusSeconds(60))).isEqualTo("1 min");
        assertThat(berlin.since(NOW.minus(Duration.ofHours(47)))).isEqualTo("1 d");
        assertThat(berlin.since(NOW.plusSeconds(5))).isEqualTo("0 s");
    }

    @Test
    void tellsTheZoneOnceWhereBothEndsOfAWindowHaveIt() {
        Instant later = NOW.plus(Duration.ofHours(3));
        assertThat(berlin.localStart(later, later.plusSeconds(60))).isEqualTo("29 Mar 2026, 05:30");
        assertThat(berlin.localStart(NOW, later)).isEqualTo("29 Mar 2026, 01:30 CET");
    }

    @Test
    void tellsTheTimeAtTheSiteWhereItIsAnother() {
        ReaderTimes times =
                new ReaderTimes(() -> ZoneId.of("Europe/Berlin"), () -> Optional.of(ZoneId.of("Asia/Tokyo")), NOW);
        assertThat(times.elsewhere(NOW)).isTrue();
        assertThat(times.site(NOW)).isEqualTo("29 Mar 2026, 09:30 JST");
        assertThat(times.site(NOW, NOW.plusSeconds(3600))).isEqualTo("29 Mar 2026, 09:30 – 10:30 JST");
        assertThat(times.told("Due on 29 Mar 2026, 00:30 UTC."))
                .isEqualTo("Due on 29 Mar 2026, 01:30 Europe/Berlin (at the site 29 Mar 2026, 09:30 Asia/Tokyo).");
        assertThat(berlin.elsewhere(NOW)).isFalse();
    }

    @Test
    void takesNoZoneThatDoesNotExist() {
        assertThat(ReaderTimes.zone("Nowhere/City")).isEmpty();
        assertThat(ReaderTimes.zone("x".repeat(1000))).isEmpty();
        assertThat(ReaderTimes.zone(null)).isEmpty();
        assertThat(ReaderTimes.zone("Asia/Tokyo")).contains(ZoneId.of("Asia/Tokyo"));
    }
}
