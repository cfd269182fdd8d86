package io.slipway.schedule;

import io.slipway.release.ProductionCondition;
import io.slipway.release.Release;
import io.slipway.schedule.calendars.Calendars;
import io.slipway.schedule.waves.Wave;
import io.slipway.schedule.waves.Waves;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Production is touched within the planned window only, and not in a blackout unless an emergency breaks it knowingly. */
@Component
class WindowCondition implements ProductionCondition {

    private final Windows windows;
    private final Blackouts blackouts;
    private final Calendars calendars;
    private final ObjectProvider<Waves> waves;
    private final Clock clock;

    WindowCondition(
            Windows windows, Blackouts blackouts, Calendars calendars, ObjectProvider<Waves> waves, Clock clock) {
        this.windows = windows;
        this.blackouts = blackouts;
        this.calendars = calendars;
        this.waves = waves;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "window";
    }

    @Override
    public List<String> obstacles(Release release, ProductionTouch touch) {
        Optional<ReleaseWindow> present = windows.present(release);
        if (present.isEmpty()) {
            return List.of("No window is planned for " + release.key() + "; a release manager proposes one.");
        }
        Instant now = clock.instant();
        // A region of a later wave is reached in a window of its own, after the one that was agreed.
        TimeSpan span = waves.stream()
                .flatMap(all -> all.of(release, touch.environment()).stream())
                .filter(wave -> wave.position() > 0)
                .map(Wave::span)
                .findFirst()
                .orElseGet(() -> WindowPart.agreed(release, present.get()));
        List<String> obstacles = new ArrayList<>();
        if (now.isBefore(span.start())) {
            obstacles.add("The window of " + release.key() + " opens at " + TimeSpan.readable(span.start())
                    + "; please wait until then.");
        } else if (!now.isBefore(span.end())) {
            obstacles.add("The window of " + release.key() + " ended at " + TimeSpan.readable(span.end())
                    + "; please ask for another one.");
        }
        for (Blackout blackout : blackouts.at(release, touch.environment(), now)) {
            if (!present.get().broken().contains(blackout.id().toString())) {
                obstacles.add("The blackout '" + blackout.name() + "' holds until " + blackout.to()
                        + "; please ask for another window.");
            }
        }
        for (Met met :
                calendars.against(release.system(), touch.environment(), new TimeSpan(now, now.plusNanos(1_000)))) {
            if (!present.get().broken().contains(met.id())) {
                obstacles.add("At this moment " + release.key() + " meets " + met.sentence()
                        + "; please ask for another window.");
            }
        }
        return obstacles;
    }
}
