package io.slipway.communication.web;

import io.slipway.communication.TeamDependencies;
import io.slipway.communication.TeamDependency;
import io.slipway.platform.process.TaskRefused;
import io.slipway.platform.security.People;
import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Reader;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where both sides find what one needs of the other, also those who may not see the release that needs it. */
@Controller
class DependencyPages {

    private static final int SIZE = 25;

    private final TeamDependencies dependencies;
    private final People people;

    DependencyPages(TeamDependencies dependencies, People people) {
        this.dependencies = dependencies;
        this.people = people;
    }

    @GetMapping("/team-dependencies")
    String list(@RequestParam(defaultValue = "0") int page, Viewer viewer, Model model) {
        Reader reader = MailPages.reader(viewer);
        Page<TeamDependency> rows = dependencies.list(reader, PageRequest.of(Paging.page(page), SIZE));
        Set<Long> mine = rows.getContent().stream()
                .filter(dependency -> dependencies.awaits(dependency, reader))
                .map(TeamDependency::id)
                .collect(Collectors.toUnmodifiableSet());
        model.addAttribute("rows", rows);
        model.addAttribute("mine", mine);
        return "communication/dependencies";
    }

    @GetMapping("/team-dependencies/{id}")
    String one(@PathVariable long id, Viewer viewer, Model model) {
        Reader reader = MailPages.reader(viewer);
        TeamDependency dependency = dependencies.get(id, reader);
        model.addAttribute("dependency", dependency);
        model.addAttribute("awaits", dependencies.awaits(dependency, reader));
        model.addAttribute("readsRelease", reader.readsAll() || reader.systems().contains(dependency.system()));
        model.addAttribute(
                "names",
                people.names(Stream.of(dependency.ownConfirmedBy(), dependency.otherConfirmedBy())
                        .flatMap(java.util.Optional::stream)
                        .toList()));
        return "communication/dependency";
    }

    @PostMapping("/team-dependencies/{id}/confirm")
    String confirm(@PathVariable long id, Viewer viewer, RedirectAttributes redirect) {
        return told(id, redirect, "You confirmed it for your side.", () -> dependencies.confirm(id, viewer.person()));
    }

    @PostMapping("/team-dependencies/{id}/slip")
    String slip(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String neededAt,
            @RequestParam(defaultValue = "") String reason,
            Viewer viewer,
            RedirectAttributes redirect) {
        return told(
                id,
                redirect,
                "The date is moved; both sides are asked to confirm it again.",
                () -> dependencies.slip(id, viewer.person(), moment(neededAt), reason));
    }

    private static String told(long id, RedirectAttributes redirect, String done, Runnable action) {
        try {
            action.run();
            redirect.addFlashAttribute("message", done);
        } catch (TaskRefused refused) {
            redirect.addFlashAttribute("refusal", refused.getMessage());
        }
        return "redirect:/team-dependencies/" + id;
    }

    /** The moment, or nothing when it is none: the service says what it needs, after it has asked who is writing. */
    private static @Nullable Instant moment(String text) {
        try {
            return OffsetDateTime.parse(text.strip()).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
