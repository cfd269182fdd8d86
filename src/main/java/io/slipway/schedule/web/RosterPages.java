package io.slipway.schedule.web;

import io.slipway.integration.roster.Roster;
import io.slipway.platform.process.TaskRefused;
import io.slipway.platform.security.People;
import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.schedule.TimeSpan;
import io.slipway.schedule.staffing.Staffings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.TextStyle;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Who may stand for what, and who is away or on call. */
@Controller
class RosterPages {

    private static final Duration AHEAD = Duration.ofDays(90);

    private static final int SIZE = 25;

    private final Staffings staffings;
    private final People people;
    private final Clock clock;

    RosterPages(Staffings staffings, People people, Clock clock) {
        this.staffings = staffings;
        this.people = people;
        this.clock = clock;
    }

    /** A member as the page shows one. */
    record Line(String person, String functions, String days, String hours, String zone) {

        static Line of(Roster.Member member) {
            return new Line(
                    member.person(),
                    member.functions().stream().map(Staffings::label).sorted().collect(Collectors.joining(", ")),
                    member.days().stream()
                            .sorted()
                            .map(day -> day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH))
                            .collect(Collectors.joining(", ")),
                    member.from() + " to " + member.until(),
                    member.zone().getId());
        }
    }

    @GetMapping("/roster")
    String roster(@RequestParam(defaultValue = "0") int page, Viewer viewer, Model model) {
        Instant now = clock.instant();
        TimeSpan ahead = new TimeSpan(now, now.plus(AHEAD));
        PageRequest asked = PageRequest.of(Paging.page(page), SIZE);
        Page<Roster.Member> members = Paging.part(staffings.members(), asked);
        Page<Roster.Absence> absences = staffings.absences(ahead, asked);
        Page<Roster.Duty> duties = staffings.duties(ahead, asked);
        model.addAttribute("members", members.map(Line::of));
        // One pager turns all three; it goes as far as the longest.
        model.addAttribute(
                "longest",
                Stream.of(members, absences, duties)
                        .max(Comparator.comparingLong(Page::getTotalElements))
                        .orElseThrow());
        model.addAttribute("absences", absences);
        model.addAttribute("duties", duties);
        model.addAttribute(
                "names",
                people.names(Stream.of(
                                members.stream().map(Roster.Member::person),
                                absences.stream().map(Roster.Absence::person),
                                duties.stream().map(Roster.Duty::person))
                        .flatMap(ids -> ids)
                        .distinct()
                        .toList()));
        model.addAttribute("mayKeep", staffings.mayKeep(viewer.person()));
        return "schedule/roster";
    }

    @PostMapping("/roster/members")
    String put(RosterEntry entry, Viewer viewer, RedirectAttributes redirect) {
        return done(redirect, () -> {
            staffings.requireKeeper(viewer.person());
            staffings.put(viewer.person(), entry.read(people));
        });
    }

    @PostMapping("/roster/absences")
    String absent(AwayEntry entry, Viewer viewer, RedirectAttributes redirect) {
        return done(redirect, () -> {
            staffings.requireKeeper(viewer.person());
            staffings.absent(viewer.person(), entry.absence(people));
        });
    }

    @PostMapping("/roster/duties")
    String onDuty(AwayEntry entry, Viewer viewer, RedirectAttributes redirect) {
        return done(redirect, () -> {
            staffings.requireKeeper(viewer.person());
            staffings.onDuty(viewer.person(), entry.duty(people));
        });
    }

    private static String done(RedirectAttributes redirect, Runnable change) {
        try {
            change.run();
            redirect.addFlashAttribute("message", "The roster is changed.");
        } catch (TaskRefused refused) {
            redirect.addFlashAttribute("refusal", refused.getMessage());
        }
        return "redirect:/roster";
    }
}
