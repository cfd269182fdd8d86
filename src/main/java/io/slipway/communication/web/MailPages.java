package io.slipway.communication.web;

import io.slipway.communication.Acknowledgements;
import io.slipway.communication.Archive;
import io.slipway.communication.Deputies;
import io.slipway.communication.MailZones;
import io.slipway.platform.process.TaskRefused;
import io.slipway.platform.security.People;
import io.slipway.platform.web.Paging;
import io.slipway.platform.web.ReaderTimes;
import io.slipway.platform.web.Viewer;
import io.slipway.release.NotFound;
import io.slipway.release.Reader;
import io.slipway.release.Refused;
import io.slipway.release.Role;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
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

/** One's own mails, the archive of all, receipts, and who stands in for whom. */
@Controller
class MailPages {

    private static final int SIZE = 25;

    /** Mails bring their own looks along; nothing else of them comes to life. */
    private static final String MAIL_POLICY = "sandbox allow-same-origin allow-popups; default-src 'none';"
            + " style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Archive archive;
    private final Acknowledgements acknowledgements;
    private final MailZones zones;
    private final Deputies deputies;
    private final People people;

    MailPages(Archive archive, Acknowledgements acknowledgements, MailZones zones, Deputies deputies, People people) {
        this.archive = archive;
        this.acknowledgements = acknowledgements;
        this.zones = zones;
        this.deputies = deputies;
        this.people = people;
    }

    static Reader reader(Viewer viewer) {
        return new Reader(viewer.person(), viewer.groups());
    }

    @GetMapping("/outbox")
    String outbox(@RequestParam(defaultValue = "0") int page, Viewer viewer, Model model) {
        list(archive.list(reader(viewer), true, Optional.empty(), PageRequest.of(Paging.page(page), SIZE)), model);
        model.addAttribute("own", true);
        model.addAttribute("address", "/outbox");
        model.addAttribute("zone", zones.of(viewer.person()));
        return "communication/list";
    }

    @GetMapping("/communications")
    String archive(@RequestParam(defaultValue = "0") int page, Viewer viewer, Model model) {
        list(archive.list(reader(viewer), false, Optional.empty(), PageRequest.of(Paging.page(page), SIZE)), model);
        model.addAttribute("own", false);
        model.addAttribute("address", "/communications");
        return "communication/list";
    }

    private void list(Page<Archive.Sent> rows, Model model) {
        model.addAttribute("rows", rows);
        model.addAttribute(
                "names",
                people.names(
                        rows.getContent().stream().map(Archive.Sent::person).toList()));
    }

    @GetMapping("/outbox/{id}")
    String message(@PathVariable long id, @RequestAttribute ReaderTimes times, Viewer viewer, Model model) {
        Archive.Sent sent = sent(id, viewer);
        model.addAttribute("sent", sent);
        model.addAttribute("kept", archive.kept(sent, reader(viewer)).orElse(null));
        model.addAttribute("letter", archive.content(id, ZoneId.of(times.zone())));
        model.addAttribute("name", people.name(sent.person()));
        return "communication/message";
    }

    private Archive.Sent sent(long id, Viewer viewer) {
        return archive.find(id, reader(viewer)).orElseThrow(() -> new NotFound("message", String.valueOf(id)));
    }

    /** The HTML part of a mail that no server took, as a document that may load nothing and run nothing. */
    @GetMapping("/outbox/{id}/html")
    ResponseEntity<String> html(@PathVariable long id, Viewer viewer) {
        String html = archive.kept(sent(id, viewer), reader(viewer))
                .orElseThrow(() -> new NotFound("message", String.valueOf(id)))
                .html();
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "html", StandardCharsets.UTF_8))
                .header("Content-Security-Policy", MAIL_POLICY)
                .body(html);
    }

    @PostMapping("/outbox/zone")
    String zone(@RequestParam(defaultValue = "") String zone, Viewer viewer, RedirectAttributes redirect) {
        try {
            zones.choose(viewer.person(), zone);
            redirect.addFlashAttribute("message", "From now on your mails tell times in " + zone.strip() + ".");
        } catch (TaskRefused refused) {
            redirect.addFlashAttribute("refusal", refused.getMessage());
        }
        return "redirect:/outbox";
    }

    /** Shows what is to be confirmed; opening the link changes nothing. */
    @GetMapping("/acknowledge/{id}")
    String asked(
            @PathVariable long id,
            @RequestParam(defaultValue = "0") long until,
            @RequestParam(defaultValue = "") String mark,
            Viewer viewer,
            Model model) {
        model.addAttribute("asked", acknowledgements.asked(id, viewer.person(), until, mark));
        model.addAttribute("until", until);
        model.addAttribute("mark", mark);
        return "communication/acknowledge";
    }

    @PostMapping("/acknowledge/{id}")
    String acknowledge(
            @PathVariable long id,
            @RequestParam(defaultValue = "0") long until,
            @RequestParam(defaultValue = "") String mark,
            Viewer viewer,
            RedirectAttributes redirect) {
        acknowledgements.acknowledge(id, viewer.person(), until, mark);
        redirect.addFlashAttribute("message", "Thank you; it is recorded that you have read it.");
        return "redirect:/outbox/" + id;
    }

    @GetMapping("/deputies")
    String deputies(Viewer viewer, Model model) {
        model.addAttribute("deputies", deputies.all());
        model.addAttribute(
                "roles",
                Arrays.stream(Role.values())
                        .filter(role -> role != Role.AUDITOR && role != Role.ADMIN && role != Role.EXECUTIVE)
                        .toList());
        model.addAttribute("mayName", reader(viewer).has(Role.RELEASE_MANAGER, Role.ADMIN));
        return "communication/deputies";
    }

    @PostMapping("/deputies")
    String name(
            @RequestParam(defaultValue = "") String role,
            @RequestParam(defaultValue = "") String deputy,
            Viewer viewer,
            RedirectAttributes redirect) {
        try {
            deputies.name(viewer.person(), role, deputy);
            redirect.addFlashAttribute("message", "From now on " + deputy + " stands in for " + role + ".");
        } catch (Refused refused) {
            redirect.addFlashAttribute("refusal", refused.getMessage());
        }
        return "redirect:/deputies";
    }
}
