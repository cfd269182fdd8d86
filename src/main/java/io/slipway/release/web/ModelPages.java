package io.slipway.release.web;

import io.slipway.platform.process.ModelKind;
import io.slipway.platform.process.ModelVersion;
import io.slipway.platform.process.TaskRefused;
import io.slipway.platform.security.People;
import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.release.ModelProposals;
import io.slipway.release.NotFound;
import io.slipway.release.Role;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Changed models that wait for a second process owner, each beside the version in use. */
@Controller
class ModelPages {

    private static final int SIZE = 25;

    private final ModelProposals proposals;
    private final People people;

    ModelPages(ModelProposals proposals, People people) {
        this.proposals = proposals;
        this.people = people;
    }

    @GetMapping("/models")
    String list(@RequestParam(defaultValue = "0") int page, Viewer viewer, Model model) {
        Page<ModelVersion> found = proposals.list(PageRequest.of(Paging.page(page), SIZE), viewer.person());
        Set<String> involved = new HashSet<>();
        found.forEach(version -> add(involved, version.proposedBy()));
        model.addAttribute("proposals", found);
        model.addAttribute("names", people.names(involved));
        return "release/models";
    }

    @GetMapping("/models/{kind}/{key}/{version}")
    String compare(
            @PathVariable String kind,
            @PathVariable String key,
            @PathVariable int version,
            Viewer viewer,
            Model model) {
        ModelProposals.Comparison comparison = proposals.compare(kind(kind), key, version, viewer.person());
        Set<String> involved = new HashSet<>();
        add(involved, comparison.proposed().proposedBy());
        add(involved, comparison.proposed().decidedBy());
        model.addAttribute("comparison", comparison);
        model.addAttribute("kind", kind);
        model.addAttribute("names", people.names(involved));
        model.addAttribute(
                "changes",
                kind(kind) == ModelKind.PROCESS
                        ? ModelChanges.between(comparison.acceptedText(), comparison.proposedText())
                        : ModelChanges.NONE);
        model.addAttribute("lines", TextDifference.between(comparison.acceptedText(), comparison.proposedText()));
        model.addAttribute(
                "mayDecide",
                comparison.proposed().state() == ModelVersion.State.PROPOSED
                        && ReleaseView.reader(viewer).has(Role.PROCESS_OWNER)
                        && !viewer.person().equals(comparison.proposed().proposedBy()));
        return "release/model";
    }

    /** One of the two drawings; the accepted one is empty where there is none. */
    @GetMapping("/models/{kind}/{key}/{version}/{side:proposed|accepted}")
    ResponseEntity<String> drawing(
            @PathVariable String kind,
            @PathVariable String key,
            @PathVariable int version,
            @PathVariable String side,
            Viewer viewer) {
        ModelProposals.Comparison comparison = proposals.compare(kind(kind), key, version, viewer.person());
        return ModelFile.of(
                key + "-" + side + ".bpmn",
                side.equals("proposed") ? comparison.proposedText() : comparison.acceptedText());
    }

    @PostMapping("/models/{kind}/{key}/{version}")
    String decide(
            @PathVariable String kind,
            @PathVariable String key,
            @PathVariable int version,
            @RequestParam boolean accept,
            Viewer viewer,
            RedirectAttributes redirect) {
        try {
            proposals.decide(kind(kind), key, version, accept, viewer.person());
            redirect.addFlashAttribute(
                    "message",
                    accept
                            ? "Version " + version + " of " + key
                                    + " is accepted; releases that start from now on use it."
                            : "Version " + version + " of " + key + " is refused; nothing uses it.");
        } catch (TaskRefused refused) {
            redirect.addFlashAttribute("refusal", refused.getMessage());
        }
        return "redirect:/models";
    }

    private static void add(Set<String> all, @Nullable String person) {
        if (person != null) {
            all.add(person);
        }
    }

    private static ModelKind kind(String text) {
        return Arrays.stream(ModelKind.values())
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new NotFound("kind of model", text));
    }
}
