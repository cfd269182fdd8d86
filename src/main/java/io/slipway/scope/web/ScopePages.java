package io.slipway.scope.web;

import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Reader;
import io.slipway.release.Release;
import io.slipway.release.ReleaseDesk;
import io.slipway.scope.ItemsRefused;
import io.slipway.scope.Scopes;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Takes the file of items from the page of a release, and shows further pages of its items. */
@Controller
class ScopePages {

    /** More faults than these are counted and not listed; whoever mends the first hundred sees the next. */
    private static final int LISTED = 100;

    private final ReleaseDesk desk;
    private final Scopes scopes;
    private final ScopePanel panel;

    ScopePages(ReleaseDesk desk, Scopes scopes, ScopePanel panel) {
        this.desk = desk;
        this.scopes = scopes;
        this.panel = panel;
    }

    @GetMapping("/releases/{key}/scope")
    String items(@PathVariable String key, @RequestParam(defaultValue = "0") int page, Viewer viewer, Model model) {
        Release release = release(key, viewer);
        model.addAttribute("release", release);
        model.addAllAttributes(panel.model(release, viewer.person(), Paging.page(page)));
        return "scope/page";
    }

    @PostMapping("/releases/{key}/scope/items")
    String handIn(@PathVariable String key, @RequestParam MultipartFile file, Viewer viewer, RedirectAttributes told)
            throws IOException {
        Release release = release(key, viewer);
        try {
            int taken = scopes.importItems(release, viewer.person(), bytes(file));
            told.addFlashAttribute(
                    "message",
                    (taken == 1 ? "One item was" : taken + " items were")
                            + " taken. Please complete the task 'Supply items' when nothing is missing.");
        } catch (ItemsRefused refused) {
            told.addFlashAttribute("refusal", "The file was not taken; please mend what is listed under 'Scope'.");
            told.addFlashAttribute("scopeFaults", listed(refused.faults()));
        }
        return "redirect:/releases/" + release.key() + "#scope";
    }

    @PostMapping("/releases/{key}/scope/terms")
    String setTerms(
            @PathVariable String key,
            @RequestParam(defaultValue = "") String capacity,
            @RequestParam(defaultValue = "") String target,
            Viewer viewer,
            RedirectAttributes told) {
        Release release = release(key, viewer);
        Typed.refusing(
                told,
                () -> scopes.setTerms(
                        release, viewer.person(), Typed.number("capacity", capacity), Typed.day("target", target)),
                "The capacity is kept; the next proposal keeps to it.");
        return "redirect:/releases/" + release.key() + "/scope";
    }

    private static List<String> listed(List<ItemsRefused.Fault> faults) {
        List<String> lines = new ArrayList<>(
                faults.stream().limit(LISTED).map(ItemsRefused.Fault::toString).toList());
        if (faults.size() > LISTED) {
            lines.add("and " + (faults.size() - LISTED) + " more");
        }
        return lines;
    }

    private Release release(String key, Viewer viewer) {
        return desk.get(key, new Reader(viewer.person(), viewer.groups()));
    }

    /** What is needed to take the file or to see that it is too large. */
    static byte[] bytes(MultipartFile file) throws IOException {
        try (InputStream in = file.getInputStream()) {
            return in.readNBytes(Scopes.MOST_BYTES + 1);
        }
    }
}
