package io.slipway.release.web;

import io.slipway.platform.process.TaskRefused;
import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.release.NotPermitted;
import io.slipway.release.Release;
import io.slipway.release.ReleaseComments;
import io.slipway.release.ReleaseCopies;
import io.slipway.release.ReleaseDesk;
import io.slipway.release.Role;
import io.slipway.release.Urgency;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Remarks on a release, and the form by which it is copied into a new version. */
@Controller
class CommentAndCopyPages {

    private final ReleaseDesk desk;
    private final ReleaseComments comments;
    private final ReleaseCopies copies;
    private final CommentsPanel panel;

    CommentAndCopyPages(ReleaseDesk desk, ReleaseComments comments, ReleaseCopies copies, CommentsPanel panel) {
        this.desk = desk;
        this.comments = comments;
        this.copies = copies;
        this.panel = panel;
    }

    @GetMapping("/releases/{key}/comments")
    String comments(@PathVariable String key, @RequestParam(defaultValue = "0") int page, Viewer viewer, Model model) {
        Release release = desk.get(key, ReleaseView.reader(viewer));
        model.addAttribute("release", release);
        model.addAllAttributes(panel.model(release, viewer.person(), Paging.page(page)));
        return "release/comments-page";
    }

    @PostMapping("/releases/{key}/comments")
    String comment(
            @PathVariable String key,
            @RequestParam(defaultValue = "") String comment,
            Viewer viewer,
            RedirectAttributes redirect) {
        try {
            comments.add(desk.get(key, ReleaseView.reader(viewer)), viewer.person(), comment);
            redirect.addFlashAttribute("message", "Your comment is added.");
        } catch (TaskRefused refused) {
            redirect.addFlashAttribute("refusal", refused.getMessage());
        }
        return "redirect:/releases/" + key + "#comments";
    }

    @GetMapping("/releases/{key}/copy")
    String form(@PathVariable String key, Viewer viewer, Model model) {
        Release source = managed(key, viewer);
        return form(source, CopyForm.of(source), Map.of(), model);
    }

    private Release managed(String key, Viewer viewer) {
        Release source = desk.get(key, ReleaseView.reader(viewer));
        if (!ReleaseView.reader(viewer).has(Role.RELEASE_MANAGER)) {
            throw new NotPermitted("Releases are copied by release managers, and you do not have that role.");
        }
        return source;
    }

    private static String form(Release source, CopyForm form, Map<String, String> faults, Model model) {
        model.addAttribute("source", source);
        model.addAttribute("form", form);
        model.addAttribute("faults", faults);
        model.addAttribute("urgencies", Urgency.values());
        return "release/copy";
    }

    @PostMapping("/releases/{key}/copy")
    ModelAndView copy(
            @PathVariable String key, CopyForm form, Viewer viewer, RedirectAttributes redirect, Model model) {
        Release source = managed(key, viewer);
        try {
            Release copy = copies.copy(key, form.read(), viewer.person());
            redirect.addFlashAttribute("message", copy.key() + " is requested as a copy of " + key + ".");
            return new ModelAndView("redirect:/releases/" + copy.key());
        } catch (NotPermitted refused) {
            throw refused;
        } catch (TaskRefused refused) {
            String field = Objects.requireNonNullElse(refused.field(), "form");
            ModelAndView again = new ModelAndView(
                    form(source, form, Map.of(field, String.valueOf(refused.getMessage())), model), model.asMap());
            again.setStatus(HttpStatus.BAD_REQUEST);
            return again;
        }
    }
}
