package io.slipway.schedule.lockdowns;

import io.slipway.integration.incidents.Incident;
import io.slipway.release.Release;
import io.slipway.schedule.TimeSpan;
import io.slipway.schedule.WindowHint;
import io.slipway.schedule.Windows;
import io.slipway.schedule.incidents.Incidents;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

/** Proposes a later window while the backlog of incidents grows, before it becomes a crisis; and says that a lockdown is in force. */
@Component
class BacklogHint implements WindowHint {

    private final Incidents incidents;
    private final Lockdowns lockdowns;
    private final Windows windows;
    private final Settings settings;
    private final Clock clock;

    BacklogHint(Incidents incidents, Lockdowns lockdowns, Windows windows, Settings settings, Clock clock) {
        this.incidents = incidents;
        this.lockdowns = lockdowns;
        this.windows = windows;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * When a later window is proposed.
     *
     * @param backlog open incidents of a system from which on it is
     * @param later how much later
     */
    @ConfigurationProperties("slipway.schedule.incidents")
    record Settings(
            @DefaultValue("5") int backlog,
            @DefaultValue("P2D") Duration later) {}

    @Override
    public List<String> hints(Release release) {
        String held = lockdowns
                .covering(release)
                .map(lockdown -> "A lockdown of " + lockdown.scope() + " is in force: nothing goes to production until"
                        + " an incident manager lifts it.")
                .orElse("");
        List<Incident> open = incidents.unresolved().stream()
                .filter(incident -> incident.system().equals(release.system()))
                .toList();
        boolean serious = open.stream().anyMatch(incident -> incident.priority().compareTo(Incident.Priority.P3) < 0);
        String backlog = open.size() < settings.backlog() && !serious
                ? ""
                : open.size() + " incidents of " + release.system() + " are open; please consider a later window"
                        + windows.nextFree(release, clock.instant().plus(settings.later()), Duration.ofHours(1))
                                .map(span -> ", such as from " + TimeSpan.readable(span.start()) + " on.")
                                .orElse(".");
        return List.of(held, backlog).stream().filter(text -> !text.isEmpty()).toList();
    }
}
