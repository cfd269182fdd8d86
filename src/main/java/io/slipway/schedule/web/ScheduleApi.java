package io.slipway.schedule.web;

import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Reader;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseDesk;
import io.slipway.schedule.Blackout;
import io.slipway.schedule.Blackouts;
import io.slipway.schedule.GoDecision;
import io.slipway.schedule.Met;
import io.slipway.schedule.NewBlackout;
import io.slipway.schedule.Readiness;
import io.slipway.schedule.ReleaseWindow;
import io.slipway.schedule.TimeSpan;
import io.slipway.schedule.Windows;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Window, readiness and go of a release, and the calendar of blackouts, for programs. */
@RestController
class ScheduleApi {

    private final ReleaseDesk desk;
    private final Windows windows;
    private final Readiness readiness;
    private final Blackouts blackouts;

    ScheduleApi(ReleaseDesk desk, Windows windows, Readiness readiness, Blackouts blackouts) {
        this.desk = desk;
        this.windows = windows;
        this.readiness = readiness;
        this.blackouts = blackouts;
    }

    /** A round of the window; first moment included, last moment not. */
    record WindowJson(
            int round,
            String state,
            boolean emergency,
            @Nullable Instant start,
            @Nullable Instant end,
            @Nullable String proposedBy,
            @Nullable String reason,
            @Nullable String finding) {

        static WindowJson of(ReleaseWindow window) {
            return new WindowJson(
                    window.round(),
                    window.state().name(),
                    window.emergency(),
                    window.span().map(TimeSpan::start).orElse(null),
                    window.span().map(TimeSpan::end).orElse(null),
                    window.proposedBy().orElse(null),
                    window.reason().orElse(null),
                    window.finding().orElse(null));
        }
    }

    /** Go or no-go. */
    record GoJson(int round, String decision, String reason, String person, Instant decidedAt) {

        static GoJson of(GoDecision decision) {
            return new GoJson(
                    decision.round(),
                    decision.decision().name(),
                    decision.reason(),
                    decision.person(),
                    decision.decidedAt());
        }
    }

    /** What there is to know of the schedule of a release; what its planned window meets by now was not there when it was planned. */
    record ScheduleJson(
            List<WindowJson> windows,
            List<String> meets,
            List<Readiness.Standing> readiness,
            @Nullable GoJson decision,
            List<BlackoutJson> blackouts) {}

    /** A blackout; without a system it holds for all, without an environment for all of the system. */
    record BlackoutJson(
            UUID id,
            String name,
            @Nullable String system,
            @Nullable String environment,
            Instant start,
            Instant end,
            String zone) {

        static BlackoutJson of(Blackout blackout) {
            return new BlackoutJson(
                    blackout.id(),
                    blackout.name(),
                    blackout.system().orElse(null),
                    blackout.environment().orElse(null),
                    blackout.span().start(),
                    blackout.span().end(),
                    blackout.zone().getId());
        }
    }

    /** A blackout as a program hands it in. */
    record BlackoutEntry(
            @Nullable String name,
            @Nullable String system,
            @Nullable String environment,
            @Nullable Instant start,
            @Nullable Instant end,
            @Nullable String zone) {

        NewBlackout read() {
            return new NewBlackout(
                    given("name", name),
                    system,
                    environment,
                    given("start", start),
                    given("end", end),
                    given("zone", zone));
        }

        private static <T> T given(String field, @Nullable T value) {
            if (value == null) {
                throw new Refused(field, "'" + field + "' is missing.");
            }
            return value;
        }
    }

    @GetMapping("/api/v1/releases/{key}/schedule")
    ScheduleJson schedule(@PathVariable String key, Viewer viewer) {
        Release release = desk.get(key, new Reader(viewer.person(), viewer.groups()));
        return new ScheduleJson(
                windows.history(release).stream().map(WindowJson::of).toList(),
                windows.meets(release).stream().map(Met::sentence).toList(),
                windows.present(release).isPresent() ? readiness.standing(release) : List.of(),
                readiness.decision(release).map(GoJson::of).orElse(null),
                blackouts.ahead(release).stream().map(BlackoutJson::of).toList());
    }

    /** Blackouts that are not over, the next first. */
    @GetMapping("/api/v1/blackouts")
    Paging<BlackoutJson> blackouts(
            @RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "25") int size) {
        return Paging.of(blackouts.list(PageRequest.of(Paging.page(page), Paging.size(size))), BlackoutJson::of);
    }

    /** Enters a blackout; it holds at once. */
    @PostMapping("/api/v1/blackouts")
    ResponseEntity<BlackoutJson> enter(@RequestBody BlackoutEntry entry, Viewer viewer) {
        BlackoutJson entered = BlackoutJson.of(blackouts.enter(viewer.person(), entry.read()));
        return ResponseEntity.created(URI.create("/api/v1/blackouts/" + entered.id()))
                .body(entered);
    }

    /** Lifts a blackout. */
    @DeleteMapping("/api/v1/blackouts/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void lift(@PathVariable UUID id, Viewer viewer) {
        blackouts.lift(viewer.person(), id);
    }
}
