package io.slipway.schedule.web;

import io.slipway.integration.roster.Roster;
import io.slipway.platform.security.People;
import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.schedule.TimeSpan;
import io.slipway.schedule.staffing.Staffings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The roster for programs, such as a personnel system that keeps it. */
@RestController
class RosterApi {

    private static final Duration AHEAD = Duration.ofDays(90);

    private final Staffings staffings;
    private final People people;
    private final Clock clock;

    RosterApi(Staffings staffings, People people, Clock clock) {
        this.staffings = staffings;
        this.people = people;
        this.clock = clock;
    }

    /** A page of everybody, of the absences and of the duties of the next ninety days, each. */
    record RosterJson(List<Roster.Member> members, List<Roster.Absence> absences, List<Roster.Duty> duties) {}

    /** Everybody, and who is away or on call within the next ninety days. */
    @GetMapping("/api/v1/roster")
    RosterJson roster(@RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "25") int size) {
        PageRequest asked = PageRequest.of(Paging.page(page), Paging.size(size));
        Instant now = clock.instant();
        TimeSpan ahead = new TimeSpan(now, now.plus(AHEAD));
        return new RosterJson(
                Paging.part(staffings.members(), asked).getContent(),
                staffings.absences(ahead, asked).getContent(),
                staffings.duties(ahead, asked).getContent());
    }

    /** Enters somebody, in place of what was said before. */
    @PostMapping("/api/v1/roster/members")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void put(@RequestBody RosterEntry entry, Viewer viewer) {
        staffings.requireKeeper(viewer.person());
        staffings.put(viewer.person(), entry.read(people));
    }

    /** Enters an absence. */
    @PostMapping("/api/v1/roster/absences")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void absent(@RequestBody AwayEntry entry, Viewer viewer) {
        staffings.requireKeeper(viewer.person());
        staffings.absent(viewer.person(), entry.absence(people));
    }

    /** Enters a duty. */
    @PostMapping("/api/v1/roster/duties")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void onDuty(@RequestBody AwayEntry entry, Viewer viewer) {
        staffings.requireKeeper(viewer.person());
        staffings.onDuty(viewer.person(), entry.duty(people));
    }
}
