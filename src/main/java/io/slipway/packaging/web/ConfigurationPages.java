package io.slipway.packaging.web;

import io.slipway.packaging.configuration.Configurations;
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

/** The register of values of the environments. */
@Controller
class ConfigurationPages {

    private static final int SIZE = 25;
    private static final String BACK = "redirect:/configuration";

    private final Configurations configurations;
    private final Landscape landscape;
    private final People people;

    ConfigurationPages(Configurations configurations, Landscape landscape, People people) {
        this.configurations = configurations;
        this.landscape = landscape;
        this.people = people;
    }

    @GetMapping("/configuration")
    String list(@RequestParam(defaultValue = "0") int page, Viewer viewer, Model model) {
        Page<Configurations.Value> found = configurations.list(PageRequest.of(Paging.page(page), SIZE));
        Reader reader = new Reader(viewer.person(), viewer.groups());
        model.addAttribute("values", found);
        model.addAttribute(
                "names",
                people.names(found.stream()
                        .flatMap(value -> Stream.concat(Stream.of(value.setBy()), value.acceptedBy().stream()))
                        .toList()));
        model.addAttribute("systems", landscape.systems());
        model.addAttribute("viewer", viewer);
        model.addAttribute("maySet", reader.has(Role.OPERATIONS, Role.DEVELOPER));
        model.addAttribute("mayAccept", reader.has(Role.OPERATIONS, Role.SECURITY));
        return "packaging/configuration";
    }

    @PostMapping("/configuration")
    String set(
            @RequestParam(defaultValue = "") String system,
            @RequestParam(defaultValue = "") String environment,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String value,
            Viewer viewer,
            RedirectAttributes told) {
        try {
            Configurations.Value set =
                    configurations.set(system.strip(), environment.strip(), name.strip(), value, viewer.person());
            told.addFlashAttribute(
                    "message", set.waits() ? "Somebody else accepts it before it counts." : "The value was set.");
        } catch (Refused refused) {
            told.addFlashAttribute("refusal", refused.getMessage());
        }
        return BACK;
    }

    @PostMapping("/configuration/accept")
    String accept(@RequestParam(defaultValue = "0") long id, Viewer viewer, RedirectAttributes told) {
        try {
            configurations.accept(id, viewer.person());
            told.addFlashAttribute("message", "The value counts from now on.");
        } catch (Refused refused) {
            told.addFlashAttribute("refusal", refused.getMessage());
        }
        return BACK;
    }
}
