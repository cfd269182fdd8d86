package io.slipway.governance.web;

import io.slipway.governance.AuditFilter;
import io.slipway.governance.AuditSearch;
import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Reader;
import io.slipway.release.Release;
import io.slipway.release.ReleaseDesk;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The search through the audit trail of the house, and further pages of that of a release. */
@Controller
class AuditPages {

    private static final int SIZE = 25;

    private final ReleaseDesk desk;
    private final AuditPanel panel;
    private final AuditSearch search;

    AuditPages(ReleaseDesk desk, AuditPanel panel, AuditSearch search) {
        this.desk = desk;
        this.panel = panel;
        this.search = search;
    }

    @GetMapping("/audit")
    String search(
            @RequestParam(defaultValue = "") String release,
            @RequestParam(defaultValue = "") String ticket,
            @RequestParam(defaultValue = "") String person,
            @RequestParam(defaultValue = "") String action,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam Optional<Long> before,
            Model model) {
        AuditFilter filter = new AuditFilter(release, ticket, person, action, from, to);
        AuditSearch.Found found = search.find(filter, before, SIZE);
        model.addAttribute("filter", filter);
        model.addAttribute("auditLines", panel.lines(found.entries()));
        model.addAttribute("later", before.isPresent());
        found.next().ifPresent(next -> model.addAttribute("next", next));
        return "governance/audit-search";
    }

    @GetMapping("/releases/{key}/audit")
    String audit(@PathVariable String key, @RequestParam(defaultValue = "0") int page, Viewer viewer, Model model) {
        Release release = desk.get(key, new Reader(viewer.person(), viewer.groups()));
        model.addAttribute("release", release);
        model.addAllAttributes(panel.model(release, Paging.page(page)));
        return "governance/audit-page";
    }
}
