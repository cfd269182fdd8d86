package io.slipway.scope.web;

import io.slipway.platform.security.People;
import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Landscape;
import io.slipway.release.Permissions;
import io.slipway.release.Role;
import io.slipway.scope.StandardChangeTemplates;
import io.slipway.scope.StandardChangeTemplates.NewTemplate;
import io.slipway.scope.StandardChangeTemplates.Template;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of standard changes. */
@Controller
class StandardChangePages {

    private static final int SIZE = 25;

    private final StandardChangeTemplates templates;
    private final Landscape landscape;
    private final Permissions permissions;
    private final People people;

    StandardChangePages(
            StandardChangeTemplates templates, Landscape landscape, Permissions permissions, People people) {
        this.templates = templates;
        this.landscape = landscape;
        this.permissions = permissions;
        this.people = people;
    }

    @GetMapping("/standard-changes")
    String list(@RequestParam(defaultValue = "0") int page, Viewer viewer, Model model) {
        Page<Template> shown = templates.list(PageRequest.of(Paging.page(page), SIZE));
        model.addAttribute("templates", shown);
        model.addAttribute(
                "names", people.names(shown.stream().map(Template::proposedBy).toList()));
        model.addAttribute("systems", landscape.systems());
        model.addAttribute("mayPropose", permissions.has(viewer.person(), Role.RELEASE_MANAGER));
        model.addAttribute("mayApprove", permissions.has(viewer.person(), Role.CHANGE_AUTHORITY, Role.CAB_MEMBER));
        return "scope/standard-changes";
    }

    @PostMapping("/standard-changes")
    String propose(
            @RequestParam(defaultValue = "") String template,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String system,
            @RequestParam(defaultValue = "") String plan,
            @RequestParam(defaultValue = "") String mostItems,
            @RequestParam(defaultValue = "") String mostEffort,
            @RequestParam(defaultValue = "") String mostRisk,
            @RequestParam(defaultValue = "") String expires,
            Viewer viewer,
            RedirectAttributes told) {
        Typed.refusing(
                told,
                () -> templates.propose(
                        viewer.person(),
                        new NewTemplate(
                                template,
                                name,
                                system,
                                plan,
                                Typed.number(mostItems),
                                Typed.number(mostEffort),
                                Typed.number(mostRisk),
                                Typed.endOfDay("expiresAt", expires))),
                "The template is proposed; two people approve it.");
        return "redirect:/standard-changes";
    }

    @PostMapping("/standard-changes/{template}/approval")
    String approve(@PathVariable String template, Viewer viewer, RedirectAttributes told) {
        Typed.refusing(told, () -> templates.approve(viewer.person(), template), "Your approval is kept.");
        return "redirect:/standard-changes";
    }
}
