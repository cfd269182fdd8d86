package io.slipway.schedule.web;

import io.slipway.platform.security.People;
import io.slipway.release.EnvironmentSites;
import io.slipway.release.Landscape;
import io.slipway.release.Release;
import io.slipway.release.web.ReleasePanel;
import io.slipway.schedule.Blackouts;
import io.slipway.schedule.GoDecision;
import io.slipway.schedule.Met;
import io.slipway.schedule.Readiness;
import io.slipway.schedule.ReleaseWindow;
import io.slipway.schedule.TimeSpan;
import io.slipway.schedule.Windows;
import io.slipway.schedule.lockdowns.Lockdowns;
import io.slipway.schedule.milestones.Milestones;
import io.slipway.schedule.staffing.Staffings;
import io.slipway.schedule.waves.Wave;
import io.slipway.schedule.waves.Waves;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Shows when a release may touch production, the blackouts ahead, who is ready and whether it goes. */
@Component
class SchedulePanel implements ReleasePanel {

    private final Windows windows;
    private final Blackouts blackouts;
    private final Readiness readiness;
    private final Lockdowns lockdowns;
    private final Staffings staffings;
    private final Milestones milestones;
    private final Waves waves;
    private final Landscape landscape;
    private final EnvironmentSites sites;
    private final People people;

    SchedulePanel(
            Windows windows,
            Blackouts blackouts,
            Readiness readiness,
            Lockdowns lockdowns,
            Staffings staffings,
            Milestones milestones,
            Waves waves,
            Landscape landscape,
            EnvironmentSites sites,
            People people) {
        this.windows = windows;
        this.blackouts = blackouts;
        this.readiness = readiness;
        this.lockdowns = lockdowns;
        this.staffings = staffings;
        this.milestones = milestones;
        this.waves = waves;
        this.landscape = landscape;
        this.sites = sites;
        this.people = people;
    }

    @Override
    public int order() {
        return 200;
    }

    @Override
    public String fragment() {
        return "schedule/panel :: panel";
    }

    @Override
    public Map<String, Object> model(Release release, String person) {
        List<ReleaseWindow> rounds = windows.history(release);
        List<Readiness.Standing> standing =
                windows.present(release).isPresent() ? readiness.standing(release) : List.of();
        Optional<GoDecision> decision = readiness.decision(release);
        Map<String, Object> model = new HashMap<>();
        rounds.stream().findFirst().ifPresent(round -> model.put("scheduleRound", round));
        model.put("scheduleRounds", rounds);
        lockdowns.covering(release).ifPresent(lockdown -> model.put("scheduleLockdown", lockdown));
        List<Staffings.Seat> seats = staffings.seats(release);
        List<Wave> turns = waves.of(release);
        ZoneId zone = sites.site(
                        release.system(), landscape.production(release.system()).key())
                .zone();
        rounds.stream()
                .findFirst()
                .flatMap(ReleaseWindow::span)
                .ifPresent(span -> model.put(
                        "schedulePlace",
                        TimeSpan.readable(span.start(), zone) + " to " + TimeSpan.readable(span.end(), zone)));
        model.put("scheduleWaves", turns);
        model.put("scheduleSeats", seats);
        model.put("scheduleMilestones", milestones.of(release));
        model.put(
                "scheduleGaps",
                rounds.stream()
                        .findFirst()
                        .flatMap(ReleaseWindow::span)
                        .flatMap(staffings::plan)
                        .map(staffings::gaps)
                        .orElse(List.of()));
        List<Met> meets = windows.meets(release);
        if (!meets.isEmpty()) {
            model.put("scheduleMeets", meets.stream().map(Met::sentence).collect(Collectors.joining(" and ")));
        }
        model.put("scheduleFindings", lockdowns.findings(release));
        model.put("scheduleBlackouts", blackouts.ahead(release));
        model.put("scheduleReadiness", standing);
        decision.ifPresent(decided -> model.put("scheduleDecision", decided));
        model.put(
                "scheduleNames",
                people.names(Stream.of(
                                rounds.stream().flatMap(round -> round.proposedBy().stream()),
                                standing.stream().flatMap(answer -> Stream.ofNullable(answer.person())),
                                seats.stream().map(Staffings.Seat::person),
                                turns.stream().flatMap(wave -> wave.acknowledgedBy().stream()),
                                decision.stream().map(GoDecision::person))
                        .flatMap(ids -> ids)
                        .toList()));
        return model;
    }
}
