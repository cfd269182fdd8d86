package io.slipway.packaging.web;

import io.slipway.packaging.builds.Rebuilds;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Reader;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseDesk;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Asks for rebuilds from the page of a package. */
@Controller
class RebuildPages {

    private final ReleaseDesk desk;
    private final Rebuilds rebuilds;

    RebuildPages(ReleaseDesk desk, Rebuilds rebuilds) {
        this.desk = desk;
        this.rebuilds = rebuilds;
    }

    @PostMapping("/releases/{key}/packaging/rebuilds")
    String request(
            @PathVariable String key,
            @RequestParam(defaultValue = "") String revision,
            Viewer viewer,
            RedirectAttributes told) {
        Release release = desk.get(key, new Reader(viewer.person(), viewer.groups()));
        try {
            long id = rebuilds.request(release, revision.strip(), viewer.person());
            told.addFlashAttribute("message", "Rebuild " + id + " has begun.");
        } catch (Refused refused) {
            told.addFlashAttribute("refusal", refused.getMessage());
        }
        return "redirect:/releases/" + release.key() + "/packaging#rebuilds";
    }
}
