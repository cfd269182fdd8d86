package io.slipway.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.Capability;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

@Capability("2.1")
class TimeSpanTest {

    private static TimeSpan span(int start, int end) {
        return new TimeSpan(Instant.ofEpochSecond(start), Instant.ofEpochSecond(end));
    }

    @Test
    void hasItsStartAndNotItsEnd() {
        TimeSpan span = span(10, 20);

        assertThat(span.contains(Instant.ofEpochSecond(10))).isTrue();
        assertThat(span.contains(Instant.ofEpochSecond(20).minusNanos(1))).isTrue();
        assertThat(span.contains(Instant.ofEpochSecond(20))).isFalse();
        assertThat(span.contains(Instant.ofEpochSecond(10).minusNanos(1))).isFalse();
    }

    @Test
    void endsAfterItStarts() {
        assertThatThrownBy(() -> span(10, 10)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isReadInTheZoneOfItsPlaceAlsoWhenClocksChange() {
        ZoneId zurich = ZoneId.of("Europe/Zurich");

        assertThat(TimeSpan.readable(Instant.parse("2026-03-29T00:59:00Z"), zurich))
                .isEqualTo("2026-03-29 01:59 Europe/Zurich");
        assertThat(TimeSpan.readable(Instant.parse("2026-03-29T01:00:00Z"), zurich))
                .isEqualTo("2026-03-29 03:00 Europe/Zurich");
        assertThat(TimeSpan.readable(Instant.parse("2026-03-29T01:00:00Z"))).isEqualTo("2026-03-29 01:00 UTC");
    }
}
