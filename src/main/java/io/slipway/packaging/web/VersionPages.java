package io.slipway.packaging.web;

import io.slipway.packaging.versions.Block;
import io.slipway.packaging.versions.Blocks;
import io.slipway.packaging.versions.Drift;
import io.slipway.packaging.versions.Versions;
import io.slipway.platform.security.People;
import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Landscape;
import io.slipway.release.ManagedSystem;
import io.slipway.release.Reader;
import io.slipway.release.Refused;
import io.slipway.release.ReleaseFilter;
import io.slipway.release.Role;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Versions and the environments in which they ever were, with what is blocked and what has drifted. */
@Controller
class VersionPages {

    private static final int SIZE = 25;

    private final Versions versions;
    private final Blocks blocks;
    private final Drift drift;
    private final Landscape landscape;
    private final People people;

    VersionPages(Versions versions, Blocks blocks, Drift drift, Landscape landscape, People people) {
        this.versions = versions;
        this.blocks = blocks;
        this.drift = drift;
        this.landscape = landscape;
        this.people = people;
    }

    @GetMapping("/versions")
    String list(
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "") String system,
            Viewer viewer,
            Model model) {
        List<ManagedSystem> systems = landscape.systems();
        Optional<ManagedSystem> chosen =
                systems.stream().filter(one -> one.key().equals(system)).findFirst();
        model.addAttribute(
                "versions",
                versions.traces(
                        new ReleaseFilter(null, chosen.map(ManagedSystem::key).orElse(null), null),
                        PageRequest.of(Paging.page(page), SIZE, ReleaseFilter.Order.sort(null)),
                        new Reader(viewer.person(), viewer.groups())));
        model.addAttribute("systems", systems);
        model.addAttribute("system", chosen.map(ManagedSystem::key).orElse(""));
        return "packaging/versions";
    }

    /** The versions that could come next; asked for by the list, which shows at once what it has. */
    @GetMapping("/versions/next/{system}")
    String next(@PathVariable String system, Model model) {
        model.addAttribute("next", versions.next(system));
        return "packaging/next";
    }

    @GetMapping("/versions/blocks")
    String blocks(@RequestParam(defaultValue = "0") int page, Viewer viewer, Model model) {
        Page<Block> found = blocks.list(PageRequest.of(Paging.page(page), SIZE));
        model.addAttribute("blocks", found);
        model.addAttribute(
                "names",
                people.names(found.stream()
                        .flatMap(block -> Stream.concat(Stream.of(block.blockedBy()), block.unblockedBy().stream()))
                        .toList()));
        model.addAttribute("systems", landscape.systems());
        model.addAttribute("viewer", viewer);
        model.addAttribute("mayBlock", new Reader(viewer.person(), viewer.groups()).has(Blocks.roles()));
        return "packaging/blocks";
    }

    @PostMapping("/versions/block")
    String block(
            @RequestParam(defaultValue = "") String system,
            @RequestParam(defaultValue = "") String version,
            @RequestParam(defaultValue = "") String reason,
            Viewer viewer,
            RedirectAttributes told) {
        try {
            blocks.block(system, version.strip(), reason.strip(), viewer.person());
            told.addFlashAttribute("message", version + " of " + system + " is blocked.");
        } catch (Refused refused) {
            told.addFlashAttribute("refusal", refused.getMessage());
        }
        return "redirect:/versions/blocks";
    }

    @PostMapping("/versions/unblock")
    String unblock(
            @RequestParam(defaultValue = "") String system,
            @RequestParam(defaultValue = "") String version,
            @RequestParam(defaultValue = "") String reason,
            Viewer viewer,
            RedirectAttributes told) {
        try {
            blocks.unblock(system, version.strip(), reason.strip(), viewer.person());
            told.addFlashAttribute("message", version + " of " + system + " may be used again.");
        } catch (Refused refused) {
            told.addFlashAttribute("refusal", refused.getMessage());
        }
        return "redirect:/versions/blocks";
    }

    @GetMapping("/versions/drift")
    String drift(@RequestParam(defaultValue = "0") int page, Viewer viewer, Model model) {
        model.addAttribute("findings", drift.list(PageRequest.of(Paging.page(page), SIZE)));
        model.addAttribute("watched", drift.watched());
        model.addAttribute("every", drift.every());
        model.addAttribute(
                "mayWatch", new Reader(viewer.person(), viewer.groups()).has(Role.OPERATIONS, Role.SECURITY));
        return "packaging/drift";
    }

    @PostMapping("/versions/drift")
    String watch(Viewer viewer, RedirectAttributes told) {
        try {
            drift.watch(viewer.person());
            told.addFlashAttribute("message", "What lives is compared with what is recorded from now on.");
        } catch (Refused refused) {
            told.addFlashAttribute("refusal", refused.getMessage());
        }
        return "redirect:/versions/drift";
    }
}
