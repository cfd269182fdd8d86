package io.slipway.schedule.web;

import io.slipway.platform.web.Viewer;
import io.slipway.release.Reader;
import io.slipway.release.ReleaseDesk;
import io.slipway.schedule.TimeSpan;
import io.slipway.schedule.calendars.Feed;
import io.slipway.schedule.milestones.Milestone;
import io.slipway.schedule.milestones.Milestones;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Milestones for planning tools: of one release, and of all as CSV and as a calendar to subscribe to. */
@RestController
class MilestoneApi {

    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);
    private static final Duration BACK = Duration.ofDays(90);

    private final ReleaseDesk desk;
    private final Milestones milestones;
    private final Clock clock;

    MilestoneApi(ReleaseDesk desk, Milestones milestones, Clock clock) {
        this.desk = desk;
        this.milestones = milestones;
        this.clock = clock;
    }

    /** A milestone. */
    record MilestoneJson(
            String name,
            Instant baseline,
            Instant forecast,
            @Nullable Instant actual,
            String slip,
            @Nullable String cause) {

        static MilestoneJson of(Milestone milestone) {
            return new MilestoneJson(
                    milestone.name().name(),
                    milestone.baseline(),
                    milestone.forecast(),
                    milestone.actual().orElse(null),
                    milestone.slip().toString(),
                    milestone.cause().orElse(null));
        }
    }

    /** Milestones of a release, in order. */
    @GetMapping("/api/v1/releases/{key}/milestones")
    List<MilestoneJson> of(@PathVariable String key, Viewer viewer) {
        return milestones.of(desk.get(key, reader(viewer))).stream()
                .map(MilestoneJson::of)
                .toList();
    }

    private static Reader reader(Viewer viewer) {
        return new Reader(viewer.person(), viewer.groups());
    }

    private List<Milestone> all(Viewer viewer) {
        return milestones.from(reader(viewer), clock.instant().minus(BACK));
    }

    /** Milestones of all releases from ninety days ago on, by forecast. */
    @GetMapping("/api/v1/milestones.csv")
    ResponseEntity<String> csv(Viewer viewer) {
        String rows = all(viewer).stream()
                .map(milestone -> row(
                        milestone.release(),
                        milestone.name().name(),
                        milestone.baseline().toString(),
                        milestone.forecast().toString(),
                        milestone.actual().map(Instant::toString).orElse(""),
                        milestone.cause().orElse("")))
                .collect(Collectors.joining());
        return ResponseEntity.ok()
                .contentType(CSV)
                .header("Content-Disposition", "attachment; filename=\"milestones.csv\"")
                .body(row("release", "milestone", "baseline", "forecast", "actual", "cause") + rows);
    }

    private static String row(String... cells) {
        return Stream.of(cells).map(MilestoneApi::cell).collect(Collectors.joining(",")) + "\r\n";
    }

    /** A cell in quotes; what a spreadsheet would calculate becomes text. */
    static String cell(String text) {
        String inert = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return '"' + inert.replace("\"", "\"\"") + '"';
    }

    /** The same as a calendar to subscribe to. */
    @GetMapping("/api/v1/milestones.ics")
    ResponseEntity<String> feed(Viewer viewer) {
        Feed feed = new Feed("Slipway milestones", clock.instant());
        all(viewer)
                .forEach(milestone -> feed.event(
                        "milestone-" + milestone.release() + "-" + milestone.name(),
                        milestone.release() + ": "
                                + milestone.name().label()
                                + (milestone.actual().isPresent() ? "" : " (expected)"),
                        milestone.cause().orElse(""),
                        new TimeSpan(milestone.forecast(), milestone.forecast().plusSeconds(900))));
        return ResponseEntity.ok().contentType(CalendarApi.ICALENDAR).body(feed.written());
    }
}
