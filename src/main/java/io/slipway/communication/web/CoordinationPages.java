package io.slipway.communication.web;

import io.slipway.communication.EscalationLadder;
import io.slipway.communication.ExecutiveSummaries;
import io.slipway.communication.Materials;
import io.slipway.communication.Summary;
import io.slipway.communication.SummaryPdf;
import io.slipway.communication.TeamDependencies;
import io.slipway.platform.process.TaskRefused;
import io.slipway.platform.security.People;
import io.slipway.platform.web.ReaderTimes;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseDesk;
import io.slipway.release.Role;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The executive summary, and what people enter on the page of a release for others to answer. */
@Controller
class CoordinationPages {

    private final ReleaseDesk desk;
    private final ExecutiveSummaries summaries;
    private final SummaryPdf pdf;
    private final TeamDependencies dependencies;
    private final EscalationLadder ladder;
    private final Materials materials;
    private final People people;
    private final Clock clock;

    CoordinationPages(
            ReleaseDesk desk,
            ExecutiveSummaries summaries,
            SummaryPdf pdf,
            TeamDependencies dependencies,
            EscalationLadder ladder,
            Materials materials,
            People people,
            Clock clock) {
        this.desk = desk;
        this.summaries = summaries;
        this.pdf = pdf;
        this.dependencies = dependencies;
        this.ladder = ladder;
        this.materials = materials;
        this.people = people;
        this.clock = clock;
    }

    private Release release(String key, Viewer viewer) {
        return desk.get(key, MailPages.reader(viewer));
    }

    @GetMapping("/releases/{key}/summary")
    String summary(@PathVariable String key, @RequestAttribute ReaderTimes times, Viewer viewer, Model model) {
        Release release = release(key, viewer);
        Summary summary = summaries.of(release);
        model.addAttribute("release", release);
        model.addAttribute("summary", summary);
        model.addAttribute("statements", SummaryPdf.told(summary, times));
        model.addAttribute("writer", summary.writtenBy().map(people::name).orElse(null));
        model.addAttribute(
                "mayWrite",
                !release.state().ended()
                        && MailPages.reader(viewer).has(release.system(), Role.RELEASE_MANAGER, Role.PRODUCT_OWNER));
        return "communication/summary";
    }

    @GetMapping("/releases/{key}/summary.pdf")
    ResponseEntity<byte[]> pdf(@PathVariable String key, @RequestAttribute ReaderTimes times, Viewer viewer) {
        Release release = release(key, viewer);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"summary-" + release.key().replaceAll("[^A-Za-z0-9._-]", "_") + ".pdf\"")
                .body(pdf.print(release, summaries.of(release), times, clock.instant()));
    }

    @PostMapping("/releases/{key}/summary")
    String write(
            @PathVariable String key,
            @RequestParam(defaultValue = "") String body,
            @RequestParam(defaultValue = "") String decision,
            Viewer viewer,
            RedirectAttributes redirect) {
        Release release = release(key, viewer);
        return CommunicationPages.told(
                        key,
                        redirect,
                        "What you wrote is kept.",
                        () -> summaries.add(release, viewer.person(), body, decision))
                + "/summary";
    }

    @PostMapping("/releases/{key}/team-dependencies")
    String enter(
            @PathVariable String key,
            @RequestParam(defaultValue = "") String system,
            @RequestParam(defaultValue = "") String neededRelease,
            @RequestParam(defaultValue = "") String statement,
            @RequestParam(defaultValue = "") String neededAt,
            Viewer viewer,
            RedirectAttributes redirect) {
        Release release = release(key, viewer);
        return CommunicationPages.told(
                key,
                redirect,
                "The dependency is entered; both sides are asked to confirm it.",
                () -> dependencies.enter(
                        release,
                        viewer.person(),
                        system,
                        neededRelease,
                        statement,
                        // Without a role nothing is said about what is missing, so the service looks first.
                        neededAt.isBlank() ? null : moment("neededAt", neededAt)));
    }

    @PostMapping("/releases/{key}/team-dependencies/{id}/confirm")
    String confirm(@PathVariable String key, @PathVariable long id, Viewer viewer, RedirectAttributes redirect) {
        release(key, viewer);
        return CommunicationPages.told(
                key, redirect, "You confirmed it for your side.", () -> dependencies.confirm(id, viewer.person()));
    }

    @PostMapping("/releases/{key}/questions")
    String ask(
            @PathVariable String key,
            @RequestParam(defaultValue = "") String question,
            @RequestParam(defaultValue = "") String brief,
            Viewer viewer,
            RedirectAttributes redirect) {
        Release release = release(key, viewer);
        return CommunicationPages.told(
                key,
                redirect,
                "The question is on its way up.",
                () -> ladder.ask(
                        release,
                        viewer.person(),
                        null,
                        question,
                        brief.isBlank() ? List.of() : List.of(brief.strip())));
    }

    @PostMapping("/releases/{key}/materials")
    String plan(
            @PathVariable String key,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String audience,
            @RequestParam(defaultValue = "") String item,
            Viewer viewer,
            RedirectAttributes redirect) {
        Release release = release(key, viewer);
        return CommunicationPages.told(
                key,
                redirect,
                "The material is planned; somebody is asked to write it.",
                () -> materials.plan(release, viewer.person(), kind, audience, item));
    }

    /**
     * A moment as a person types it.
     *
     * @throws TaskRefused when it is none
     */
    private static Instant moment(String field, String text) {
        try {
            return OffsetDateTime.parse(text.strip()).toInstant();
        } catch (DateTimeException e) {
            throw new Refused(
                    field, "'" + field + "' must be a moment with its zone, such as 2026-03-28T08:00:00+01:00.");
        }
    }
}
