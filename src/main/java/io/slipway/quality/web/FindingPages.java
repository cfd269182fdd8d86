package io.slipway.quality.web;

import io.slipway.platform.security.People;
import io.slipway.platform.text.Beginning;
import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.quality.Finding;
import io.slipway.quality.Findings;
import io.slipway.quality.Triage;
import io.slipway.release.Landscape;
import io.slipway.release.ManagedSystem;
import io.slipway.release.Reader;
import io.slipway.release.Refused;
import io.slipway.release.Role;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Lists what security scans found, shows one finding with its triages, and asks for a triage. */
@Controller
class FindingPages {

    private static final int SIZE = 25;
    private static final int LONGEST = 200;

    private final Findings findings;
    private final Landscape landscape;
    private final People people;
    private final Clock clock;

    FindingPages(Findings findings, Landscape landscape, People people, Clock clock) {
        this.findings = findings;
        this.landscape = landscape;
        this.people = people;
        this.clock = clock;
    }

    @GetMapping("/findings")
    String list(
            @RequestParam(defaultValue = "") String system,
            @RequestParam(defaultValue = "") String severity,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "0") int page,
            Viewer viewer,
            Model model) {
        Findings.Filter filter = filter(system, severity, state, text);
        model.addAttribute("rows", findings.list(reader(viewer), filter, PageRequest.of(Paging.page(page), SIZE)));
        model.addAttribute("filter", filter);
        model.addAttribute(
                "systems",
                landscape.systems().stream().map(ManagedSystem::key).sorted().toList());
        model.addAttribute("states", Finding.State.values());
        model.addAttribute("now", clock.instant());
        return "quality/findings";
    }

    static Findings.Filter filter(String system, String severity, String state, String text) {
        return new Findings.Filter(cut(system), cut(severity), cut(state), cut(text));
    }

    private static String cut(String text) {
        return Beginning.of(text, LONGEST);
    }

    @GetMapping("/findings/{number}")
    String finding(@PathVariable long number, Viewer viewer, Model model) {
        Finding finding = findings.get(number, reader(viewer));
        List<Triage> triages = findings.triages(number);
        model.addAttribute("finding", finding);
        model.addAttribute("triages", triages);
        model.addAttribute("now", clock.instant());
        model.addAttribute("mayTriage", reader(viewer).has(Role.QA, Role.SECURITY));
        model.addAttribute(
                "names",
                people.names(triages.stream()
                        .flatMap(triage -> Stream.concat(Stream.of(triage.proposedBy()), triage.decidedBy().stream()))
                        .collect(Collectors.toSet())));
        return "quality/finding";
    }

    @PostMapping("/findings/{number}/triage")
    String triage(@PathVariable long number, Viewer viewer, RedirectAttributes told) {
        findings.get(number, reader(viewer));
        try {
            findings.askTriage(number, viewer.person());
            told.addFlashAttribute("message", "The task 'Triage finding' waits in Tasklist.");
        } catch (Refused refused) {
            told.addFlashAttribute("refusal", refused.getMessage());
        }
        return "redirect:/findings/" + number;
    }

    private static Reader reader(Viewer viewer) {
        return new Reader(viewer.person(), viewer.groups());
    }
}
