package io.slipway.schedule.lockdowns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.integration.incidents.Incident;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.schedule.TimeSpan;
import io.slipway.schedule.Windows;
import io.slipway.schedule.incidents.Incidents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Capability("2.6")
class BacklogHintTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final Release release = ReleaseFixture.storefront240();
    private final Incidents incidents = mock(Incidents.class);
    private final Lockdowns lockdowns = mock(Lockdowns.class);
    private final Windows windows = mock(Windows.class);
    private final BacklogHint hint = new BacklogHint(
            incidents,
            lockdowns,
            windows,
            new BacklogHint.Settings(3, Duration.ofDays(2)),
            Clock.fixed(NOON, ZoneOffset.UTC));

    @BeforeEach
    void aFreeTimeIsKnown() {
        when(lockdowns.covering(any())).thenReturn(Optional.empty());
        Instant free = Instant.parse("2026-03-04T22:00:00Z");
        when(windows.nextFree(eq(release), eq(NOON.plus(Duration.ofDays(2))), any()))
                .thenReturn(Optional.of(new TimeSpan(free, free.plusSeconds(3600))));
    }

    private void open(int number, Incident.Priority priority, String system) {
        when(incidents.unresolved())
                .thenReturn(IntStream.range(0, number)
                        .mapToObj(i -> new Incident(
                                "INC-" + i,
                                system,
                                Optional.empty(),
                                priority,
                                "It blinks",
                                NOON,
                                Optional.empty(),
                                Optional.empty()))
                        .toList());
    }

    @Test
    void aGrowingBacklogProposesALaterWindowBeforeAnyCrisis() {
        open(2, Incident.Priority.P4, "storefront");
        assertThat(hint.hints(release)).isEmpty();

        open(3, Incident.Priority.P4, "storefront");
        assertThat(hint.hints(release))
                .containsExactly("3 incidents of storefront are open; please consider a later window, such as from"
                        + " 2026-03-04 22:00 UTC on.");
    }

    @Test
    void oneSeriousIncidentIsEnough() {
        open(1, Incident.Priority.P2, "storefront");
        assertThat(hint.hints(release)).singleElement().asString().startsWith("1 incidents of storefront are open");
    }

    @Test
    void incidentsOfOthersSayNothing() {
        open(20, Incident.Priority.P1, "payments");
        assertThat(hint.hints(release)).isEmpty();
    }

    @Test
    void withoutAFreeTimeItStillSpeaks() {
        open(3, Incident.Priority.P4, "storefront");
        when(windows.nextFree(any(), any(), any())).thenReturn(Optional.empty());
        assertThat(hint.hints(release)).singleElement().asString().endsWith("please consider a later window.");
    }
}
