package io.slipway.schedule.bookings;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import io.slipway.release.EnvironmentSites.Site;
import io.slipway.schedule.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@Capability("2.3")
class OccupancyTest {

    private static TimeSpan span(String from, String to) {
        return new TimeSpan(Instant.parse("2026-03-02T" + from + ":00Z"), Instant.parse("2026-03-02T" + to + ":00Z"));
    }

    private static Occupancy place(int capacity, int minutesAround, TimeSpan... busy) {
        Duration around = Duration.ofMinutes(minutesAround);
        return new Occupancy(new Site(capacity, around, around, ZoneOffset.UTC, Optional.empty()), List.of(busy));
    }

    @Test
    void hasRoomUntilTheCapacityIsReachedAtOneMoment() {
        Occupancy two = place(2, 0, span("09:00", "11:00"), span("10:00", "12:00"));

        assertThat(two.hasRoom(span("09:00", "10:00"))).isTrue();
        assertThat(two.hasRoom(span("11:00", "12:00"))).isTrue();
        assertThat(two.hasRoom(span("09:00", "10:01"))).isFalse();
        assertThat(place(3, 0, span("09:00", "11:00"), span("10:00", "12:00")).hasRoom(span("09:00", "12:00")))
                .isTrue();
    }

    @Test
    void countsSetUpAndTearDown() {
        Occupancy busy = place(1, 30, span("09:00", "10:00"));

        assertThat(busy.hasRoom(span("10:00", "11:00"))).isFalse();
        assertThat(busy.hasRoom(span("10:30", "11:00"))).isTrue();
        assertThat(busy.nextFree(span("09:00", "10:00"), 2)).containsExactly(span("10:30", "11:30"));
    }

    @Test
    void findsTheGapsThatAreLongEnough() {
        Occupancy busy = place(1, 0, span("09:00", "10:00"), span("10:30", "12:00"), span("14:00", "15:00"));

        assertThat(busy.nextFree(span("09:00", "10:00"), 3))
                .containsExactly(span("12:00", "13:00"), span("15:00", "16:00"));
        assertThat(busy.nextFree(span("09:00", "09:30"), 1)).containsExactly(span("10:00", "10:30"));
    }

    @Test
    void movesAllTogetherWithTheLeastDelay() {
        Occupancy busy = place(1, 0, span("09:00", "10:00"));

        List<TimeSpan> moved = busy.moved(List.of(span("09:00", "11:00"), span("09:00", "09:30")));

        // One after the other in the order of asking would cost 60 + 180 minutes; the short one first costs 60 + 90.
        assertThat(moved).containsExactly(span("10:30", "12:30"), span("10:00", "10:30"));
        assertThat(place(2, 0, span("09:00", "10:00")).moved(List.of(span("09:00", "11:00"))))
                .containsExactly(span("09:00", "11:00"));
        assertThat(busy.moved(List.of())).isEmpty();
    }
}
