package io.slipway.schedule.staffing;

import io.slipway.release.Release;
import io.slipway.schedule.ReleaseWindow;
import io.slipway.schedule.TimeSpan;
import io.slipway.schedule.WindowHint;
import io.slipway.schedule.Windows;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Says which functions nobody covers: in the last proposed window, or in the next hour that is free. */
@Component
class StaffingHint implements WindowHint {

    private final Staffings staffings;
    private final Windows windows;
    private final Clock clock;

    StaffingHint(Staffings staffings, Windows windows, Clock clock) {
        this.staffings = staffings;
        this.windows = windows;
        this.clock = clock;
    }

    @Override
    public List<String> hints(Release release) {
        Optional<TimeSpan> span = windows.latest(release)
                .flatMap(ReleaseWindow::span)
                .or(() -> windows.nextFree(release, clock.instant(), Duration.ofHours(1)));
        return span.flatMap(looked -> staffings.plan(looked).map(plan -> staffings.gaps(plan).stream()
                        .map(gap -> "From " + TimeSpan.readable(looked.start()) + ": " + gap)
                        .toList()))
                .orElse(List.of());
    }
}
