package io.slipway.quality.web;

import io.slipway.platform.web.Viewer;
import io.slipway.quality.Evidence;
import io.slipway.quality.Gates;
import io.slipway.quality.board.BoardVotes;
import io.slipway.quality.exemptions.Exemption;
import io.slipway.quality.exemptions.Exemptions;
import io.slipway.release.Reader;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseDesk;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Takes reports, wishes to skip something and ballots from the page of a release. */
@Controller
class QualityPages {

    private final ReleaseDesk desk;
    private final Gates gates;
    private final Exemptions exemptions;
    private final BoardVotes votes;
    private final Clock clock;

    QualityPages(ReleaseDesk desk, Gates gates, Exemptions exemptions, BoardVotes votes, Clock clock) {
        this.desk = desk;
        this.gates = gates;
        this.exemptions = exemptions;
        this.votes = votes;
        this.clock = clock;
    }

    /** Asks to skip something; the check afterwards is due so many hours from now. */
    @PostMapping("/releases/{key}/quality/exemptions")
    String exempt(
            @PathVariable String key,
            @RequestParam(defaultValue = "") String skipped,
            @RequestParam(defaultValue = "") String compensatingControl,
            @RequestParam(defaultValue = "") String validation,
            @RequestParam(defaultValue = "24") int hours,
            Viewer viewer,
            RedirectAttributes told) {
        Release release = desk.get(key, new Reader(viewer.person(), viewer.groups()));
        try {
            exemptions.ask(
                    release,
                    new Exemption.Request(
                            skipped,
                            compensatingControl,
                            validation,
                            clock.instant().plus(Duration.ofHours(hours))),
                    viewer.person());
            told.addFlashAttribute(
                    "message", "The exemption was asked for; a change authority decides on it in Tasklist.");
        } catch (Refused refused) {
            told.addFlashAttribute("refusal", refused.getMessage());
        }
        return "redirect:/releases/" + release.key() + "#quality";
    }

    /** Casts the ballot of whoever looks at the page. */
    @PostMapping("/releases/{key}/quality/votes/{number}")
    String vote(
            @PathVariable String key,
            @PathVariable long number,
            @RequestParam(defaultValue = "") String choice,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String condition,
            Viewer viewer,
            RedirectAttributes told) {
        Release release = desk.get(key, new Reader(viewer.person(), viewer.groups()));
        votes.requireMember(release, viewer.person());
        try {
            votes.cast(release, number, BoardApi.choice(choice), reason, condition, viewer.person());
            told.addFlashAttribute("message", "Your ballot was taken.");
        } catch (Refused refused) {
            told.addFlashAttribute("refusal", refused.getMessage());
        }
        return "redirect:/releases/" + release.key() + "#quality";
    }

    @PostMapping("/releases/{key}/quality/{environment}/evidence")
    String supply(
            @PathVariable String key,
            @PathVariable String environment,
            @RequestParam MultipartFile file,
            Viewer viewer,
            RedirectAttributes told)
            throws IOException {
        Release release = desk.get(key, new Reader(viewer.person(), viewer.groups()));
        try (InputStream content = file.getInputStream()) {
            told.addFlashAttribute(
                    "message", taken(gates.supply(release, environment, name(file), content, viewer.person())));
        } catch (Refused refused) {
            told.addFlashAttribute("refusal", refused.getMessage());
        }
        return "redirect:/releases/" + release.key() + "#quality";
    }

    private static String taken(Evidence evidence) {
        return evidence.name() + " was taken: " + evidence.kind().label() + ", " + evidence.summary()
                + ". Please complete the task 'Supply evidence' when nothing is missing.";
    }

    /** The name that the sender gave the file; it is judged like any other name. */
    static String name(MultipartFile file) {
        return Optional.ofNullable(file.getOriginalFilename()).orElse("");
    }
}
