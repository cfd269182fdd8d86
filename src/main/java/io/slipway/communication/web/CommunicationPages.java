package io.slipway.communication.web;

import io.slipway.communication.KnownIssues;
import io.slipway.communication.ReleaseUpdates;
import io.slipway.platform.process.TaskRefused;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Release;
import io.slipway.release.ReleaseDesk;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What people do on the page of a release so that others hear of it. */
@Controller
class CommunicationPages {

    private final ReleaseDesk desk;
    private final KnownIssues issues;
    private final ReleaseUpdates updates;

    CommunicationPages(ReleaseDesk desk, KnownIssues issues, ReleaseUpdates updates) {
        this.desk = desk;
        this.issues = issues;
        this.updates = updates;
    }

    @PostMapping("/releases/{key}/issues")
    String enter(
            @PathVariable String key,
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String effect,
            @RequestParam(defaultValue = "") String workaround,
            Viewer viewer,
            RedirectAttributes redirect) {
        Release release = desk.get(key, MailPages.reader(viewer));
        return told(
                key,
                redirect,
                "The known issue is entered; the next mail about the release tells it.",
                () -> issues.enter(release, viewer.person(), title, effect, workaround));
    }

    @PostMapping("/releases/{key}/issues/{id}/resolve")
    String resolve(@PathVariable String key, @PathVariable long id, Viewer viewer, RedirectAttributes redirect) {
        Release release = desk.get(key, MailPages.reader(viewer));
        return told(key, redirect, "The known issue is resolved.", () -> issues.resolve(release, viewer.person(), id));
    }

    @PostMapping("/releases/{key}/updates")
    String update(
            @PathVariable String key,
            @RequestParam(defaultValue = "") String remark,
            Viewer viewer,
            RedirectAttributes redirect) {
        Release release = desk.get(key, MailPages.reader(viewer));
        return told(key, redirect, "The update is on its way.", () -> updates.send(release, viewer.person(), remark));
    }

    /** What is refused is told on the page that it came from. */
    static String told(String key, RedirectAttributes redirect, String done, Runnable work) {
        try {
            work.run();
            redirect.addFlashAttribute("message", done);
        } catch (TaskRefused refused) {
            redirect.addFlashAttribute("refusal", refused.getMessage());
        }
        return "redirect:/releases/" + key;
    }
}
