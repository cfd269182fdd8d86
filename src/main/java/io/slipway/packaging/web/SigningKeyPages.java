package io.slipway.packaging.web;

import io.slipway.packaging.signatures.TrustedKey;
import io.slipway.packaging.signatures.TrustedKeys;
import io.slipway.platform.security.People;
import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Landscape;
import io.slipway.release.Reader;
import io.slipway.release.Refused;
import io.slipway.release.Role;
import java.util.stream.Stream;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The register of keys that are trusted to sign. */
@Controller
class SigningKeyPages {

    private static final int SIZE = 25;
    private static final String BACK = "redirect:/signing-keys";

    private final TrustedKeys keys;
    private final Landscape landscape;
    private final People people;

    SigningKeyPages(TrustedKeys keys, Landscape landscape, People people) {
        this.keys = keys;
        this.landscape = landscape;
        this.people = people;
    }

    @GetMapping("/signing-keys")
    String list(@RequestParam(defaultValue = "0") int page, Viewer viewer, Model model) {
        Page<TrustedKey> found = keys.list(PageRequest.of(Paging.page(page), SIZE));
        Reader reader = new Reader(viewer.person(), viewer.groups());
        model.addAttribute("keys", found);
        model.addAttribute(
                "names",
                people.names(found.stream()
                        .flatMap(key -> Stream.of(
                                        Stream.of(key.proposedBy()),
                                        key.acceptedBy().stream(),
                                        key.withdrawnBy().stream())
                                .flatMap(some -> some))
                        .toList()));
        model.addAttribute("systems", landscape.systems());
        model.addAttribute("viewer", viewer);
        model.addAttribute("mayPropose", reader.has(Role.SECURITY));
        model.addAttribute("mayAccept", reader.has(Role.SECURITY, Role.CHANGE_AUTHORITY));
        return "packaging/keys";
    }

    @PostMapping("/signing-keys")
    String propose(
            @RequestParam(defaultValue = "") String system,
            @RequestParam(defaultValue = "") String key,
            @RequestParam(defaultValue = "") String reason,
            Viewer viewer,
            RedirectAttributes told) {
        return done(told, () -> {
            String fingerprint = keys.propose(system, key, reason.strip(), viewer.person());
            return "The key " + fingerprint + " was proposed; somebody else accepts it.";
        });
    }

    @PostMapping("/signing-keys/accept")
    String accept(
            @RequestParam(defaultValue = "") String system,
            @RequestParam(defaultValue = "") String fingerprint,
            Viewer viewer,
            RedirectAttributes told) {
        return done(told, () -> {
            keys.accept(system, fingerprint, viewer.person());
            return "The key " + fingerprint + " is trusted now.";
        });
    }

    @PostMapping("/signing-keys/withdraw")
    String withdraw(
            @RequestParam(defaultValue = "") String system,
            @RequestParam(defaultValue = "") String fingerprint,
            @RequestParam(defaultValue = "") String reason,
            Viewer viewer,
            RedirectAttributes told) {
        return done(told, () -> {
            keys.withdraw(system, fingerprint, reason.strip(), viewer.person());
            return "The key " + fingerprint + " is not trusted any more.";
        });
    }

    private interface Change {
        String make();
    }

    private static String done(RedirectAttributes told, Change change) {
        try {
            told.addFlashAttribute("message", change.make());
        } catch (Refused refused) {
            told.addFlashAttribute("refusal", refused.getMessage());
        }
        return BACK;
    }
}
