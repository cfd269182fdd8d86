package io.slipway.governance.web;

import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Reader;
import io.slipway.release.Release;
import io.slipway.release.ReleaseDesk;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Further pages of the audit trail of a release. */
@Controller
class AuditPages {

    private final ReleaseDesk desk;
    private final AuditPanel panel;

    AuditPages(ReleaseDesk desk, AuditPanel panel) {
        this.desk = desk;
        this.panel = panel;
    }

    @GetMapping("/releases/{key}/audit")
    String audit(@PathVariable String key, @RequestParam(defaultValue = "0") int page, Viewer viewer, Model model) {
        Release release = desk.get(key, new Reader(viewer.person(), viewer.groups()));
        model.addAttribute("release", release);
        model.addAllAttributes(panel.model(release, Paging.page(page)));
        return "governance/audit-page";
    }
}
