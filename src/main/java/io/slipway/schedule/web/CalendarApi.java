package io.slipway.schedule.web;

import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Reader;
import io.slipway.schedule.Blackouts;
import io.slipway.schedule.TimeSpan;
import io.slipway.schedule.calendars.CalendarRule;
import io.slipway.schedule.calendars.Calendars;
import io.slipway.schedule.calendars.Feed;
import io.slipway.schedule.calendars.PlannedWindows;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Calendars of allowed and denied times for programs, and the feed that calendar programs subscribe to. */
@RestController
class CalendarApi {

    static final MediaType ICALENDAR = new MediaType("text", "calendar", java.nio.charset.StandardCharsets.UTF_8);
    private static final Duration AHEAD = Duration.ofDays(90);

    /** Most blackouts, and most windows, of a feed. */
    private static final int MOST = 200;

    private final Calendars calendars;
    private final Blackouts blackouts;
    private final PlannedWindows planned;
    private final Clock clock;

    CalendarApi(Calendars calendars, Blackouts blackouts, PlannedWindows planned, Clock clock) {
        this.calendars = calendars;
        this.blackouts = blackouts;
        this.planned = planned;
        this.clock = clock;
    }

    /** A calendar. */
    record CalendarJson(
            UUID id,
            String kind,
            String name,
            @Nullable String system,
            @Nullable String environment,
            @Nullable String region,
            String rule,
            String zone) {

        static CalendarJson of(CalendarRule rule) {
            return new CalendarJson(
                    rule.id(),
                    rule.kind().name(),
                    rule.name(),
                    rule.system().orElse(null),
                    rule.environment().orElse(null),
                    rule.region().orElse(null),
                    rule.text(),
                    rule.time().zone().getId());
        }
    }

    /** Why a calendar is lifted. */
    record Reason(@Nullable String reason) {}

    /** Calendars that hold, by name. */
    @GetMapping("/api/v1/calendars")
    Paging<CalendarJson> calendars(
            @RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "25") int size) {
        return Paging.of(calendars.list(PageRequest.of(Paging.page(page), Paging.size(size))), CalendarJson::of);
    }

    /** Enters a calendar; it holds at once. */
    @PostMapping("/api/v1/calendars")
    ResponseEntity<CalendarJson> enter(@RequestBody CalendarEntry entry, Viewer viewer) {
        calendars.requireKeeper(viewer.person());
        return ResponseEntity.created(URI.create("/api/v1/calendars"))
                .body(CalendarJson.of(calendars.enter(viewer.person(), entry.read())));
    }

    /** Puts another rule in the place of one; it holds at once, and has an identity of its own. */
    @PutMapping("/api/v1/calendars/{calendar}")
    CalendarJson edit(@PathVariable UUID calendar, @RequestBody CalendarEntry entry, Viewer viewer) {
        calendars.requireKeeper(viewer.person());
        return CalendarJson.of(calendars.edit(viewer.person(), calendar, entry.read()));
    }

    /** Lifts a calendar. */
    @PostMapping("/api/v1/calendars/{calendar}/lift")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void lift(@PathVariable UUID calendar, @RequestBody Reason reason, Viewer viewer) {
        calendars.lift(
                viewer.person(), calendar, Optional.ofNullable(reason.reason()).orElse(""));
    }

    /** The next ninety days: allowed and denied times, and the windows of releases that the reader may know of. */
    @GetMapping("/api/v1/calendar.ics")
    ResponseEntity<String> feed(Viewer viewer) {
        Instant now = clock.instant();
        TimeSpan range = new TimeSpan(now, now.plus(AHEAD));
        Feed feed = new Feed("Slipway schedule", now);
        calendars
                .between(range)
                .forEach(found -> feed.event(
                        found.rule().id() + "-" + found.span().start().getEpochSecond(),
                        found.rule().kind().label() + ": " + found.rule().name(),
                        found.rule().scope(),
                        found.span()));
        blackouts
                .between(range, MOST)
                .forEach(blackout -> feed.event(
                        "blackout-" + blackout.id(),
                        "Blackout: " + blackout.name(),
                        blackout.scope(),
                        blackout.span()));
        planned.between(new Reader(viewer.person(), viewer.groups()), range, MOST)
                .forEach(window -> feed.event(
                        "window-" + window.release(),
                        window.release() + " goes to production",
                        window.title(),
                        window.span()));
        return ResponseEntity.ok().contentType(ICALENDAR).body(feed.written());
    }
}
