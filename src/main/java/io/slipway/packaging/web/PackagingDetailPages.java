package io.slipway.packaging.web;

import io.slipway.platform.web.Viewer;
import io.slipway.release.Reader;
import io.slipway.release.Release;
import io.slipway.release.ReleaseDesk;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The page that tells everything of the package of one release, section by section. */
@Controller
class PackagingDetailPages {

    private final ReleaseDesk desk;
    private final List<PackagingSection> sections;

    PackagingDetailPages(ReleaseDesk desk, List<PackagingSection> sections) {
        this.desk = desk;
        this.sections = sections.stream()
                .sorted(Comparator.comparingInt(PackagingSection::order))
                .toList();
    }

    @GetMapping("/releases/{key}/packaging")
    String detail(@PathVariable String key, Viewer viewer, Model model) {
        Release release = desk.get(key, new Reader(viewer.person(), viewer.groups()));
        model.addAttribute("release", release);
        model.addAttribute(
                "sections", sections.stream().map(PackagingSection::fragment).toList());
        sections.forEach(section -> model.addAllAttributes(section.model(release, viewer)));
        return "packaging/page";
    }
}
