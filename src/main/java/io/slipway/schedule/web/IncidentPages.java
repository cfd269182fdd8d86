package io.slipway.schedule.web;

import io.slipway.platform.process.TaskRefused;
import io.slipway.platform.security.People;
import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Landscape;
import io.slipway.schedule.incidents.Incidents;
import io.slipway.schedule.lockdowns.Lockdown;
import io.slipway.schedule.lockdowns.Lockdowns;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What is broken now, what was, and who says so. */
@Controller
class IncidentPages {

    private static final int SIZE = 25;
    private static final int LOCKDOWNS = 10;

    private final Incidents incidents;
    private final Landscape landscape;
    private final Lockdowns lockdowns;
    private final People people;
    private final Clock clock;

    IncidentPages(Incidents incidents, Landscape landscape, Lockdowns lockdowns, People people, Clock clock) {
        this.incidents = incidents;
        this.lockdowns = lockdowns;
        this.people = people;
        this.landscape = landscape;
        this.clock = clock;
    }

    @GetMapping("/incidents")
    String list(@RequestParam(defaultValue = "0") int page, Viewer viewer, Model model) {
        model.addAttribute("incidents", incidents.list(PageRequest.of(Paging.page(page), SIZE)));
        model.addAttribute("systems", landscape.systems());
        List<Lockdown> latest = lockdowns.latest(LOCKDOWNS);
        model.addAttribute("lockdowns", latest);
        model.addAttribute(
                "names",
                people.names(latest.stream()
                        .flatMap(lockdown ->
                                Stream.concat(lockdown.proposedBy().stream(), lockdown.decidedBy().stream()))
                        .toList()));
        model.addAttribute("mayManage", lockdowns.mayManage(viewer.person()));
        model.addAttribute("mayWork", incidents.mayWork(viewer.person()));
        return "schedule/incidents";
    }

    @PostMapping("/incidents")
    String open(IncidentEntry entry, Viewer viewer, RedirectAttributes redirect) {
        try {
            incidents.requireWorker(viewer.person());
            String key = incidents.open(viewer.person(), entry.read(clock)).key();
            redirect.addFlashAttribute("message", key + " is in the register.");
        } catch (TaskRefused refused) {
            redirect.addFlashAttribute("refusal", refused.getMessage());
            redirect.addFlashAttribute("entry", entry);
        }
        return "redirect:/incidents";
    }

    @PostMapping("/incidents/{incident}/resolve")
    String resolve(
            @PathVariable String incident,
            @RequestParam(defaultValue = "") String causedByRelease,
            Viewer viewer,
            RedirectAttributes redirect) {
        try {
            incidents.resolve(viewer.person(), incident, Optional.empty(), IncidentEntry.said(causedByRelease));
            redirect.addFlashAttribute("message", incident + " is over.");
        } catch (TaskRefused refused) {
            redirect.addFlashAttribute("refusal", refused.getMessage());
        }
        return "redirect:/incidents";
    }

    @PostMapping("/lockdowns")
    String propose(
            @RequestParam(defaultValue = "") String system,
            @RequestParam(defaultValue = "") String reason,
            Viewer viewer,
            RedirectAttributes redirect) {
        try {
            String key = lockdowns
                    .propose(viewer.person(), IncidentEntry.said(system), reason)
                    .key();
            redirect.addFlashAttribute("message", key + " is proposed; somebody else decides on it.");
        } catch (TaskRefused refused) {
            redirect.addFlashAttribute("refusal", refused.getMessage());
        }
        return "redirect:/incidents";
    }
}
