package io.slipway.release.web;

import io.slipway.platform.process.TaskRefused;
import io.slipway.platform.security.People;
import io.slipway.platform.security.Right;
import io.slipway.platform.web.Navigation;
import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.release.ManagedSystem;
import io.slipway.release.NotPermitted;
import io.slipway.release.Release;
import io.slipway.release.ReleaseCopies;
import io.slipway.release.ReleaseDesk;
import io.slipway.release.ReleaseFilter;
import io.slipway.release.ReleasePhase;
import io.slipway.release.ReleaseState;
import io.slipway.release.Role;
import io.slipway.release.Urgency;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The list of releases, the request of a new one, and the page of one release. */
@Controller
class ReleasePages {

    private static final Logger LOG = LoggerFactory.getLogger(ReleasePages.class);

    private static final int SIZE = 25;

    private final ReleaseDesk desk;
    private final ReleaseView view;
    private final ReleaseCopies copies;
    private final HistoryPanel history;
    private final ProcessesPanel processes;
    private final List<ReleasePanel> panels;
    private final People people;
    private final ReleaseNavigation navigation;

    ReleasePages(
            ReleaseDesk desk,
            ReleaseView view,
            ReleaseCopies copies,
            HistoryPanel history,
            ProcessesPanel processes,
            List<ReleasePanel> panels,
            People people,
            ReleaseNavigation navigation) {
        this.desk = desk;
        this.view = view;
        this.copies = copies;
        this.history = history;
        this.processes = processes;
        this.panels = panels.stream()
                .sorted(Comparator.comparingInt(ReleasePanel::order))
                .toList();
        this.people = people;
        this.navigation = navigation;
    }

    /** The first place that the roles of the reader lead to; for nearly everybody the list of releases. */
    @GetMapping("/")
    String home(Viewer viewer) {
        return "redirect:"
                + navigation.places(viewer).stream()
                        .findFirst()
                        .map(Navigation.Place::address)
                        .orElse("/releases");
    }

    @GetMapping("/releases")
    String list(
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String system,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "requested,desc") String sort,
            @RequestParam(defaultValue = "0") int page,
            Viewer viewer,
            Model model) {
        ReleaseFilter filter = new ReleaseFilter(state, system, text);
        List<ManagedSystem> all = view.allSystems();
        Map<String, String> systems = ReleaseView.namesOf(all);
        Map<String, ZoneId> zones = new HashMap<>();
        all.forEach(known -> known.zone().ifPresent(zone -> zones.put(known.key(), zone)));
        model.addAttribute("zones", zones);
        model.addAttribute(
                "rows",
                view.list(filter, PageRequest.of(Paging.page(page), SIZE, ReleaseView.sort(sort)), systems, viewer));
        model.addAttribute("filter", filter);
        model.addAttribute("sort", sort);
        model.addAttribute("systems", systems);
        model.addAttribute("states", ReleaseState.values());
        model.addAttribute("mayRequest", ReleaseView.reader(viewer).has(Role.RELEASE_MANAGER));
        return "release/list";
    }

    @GetMapping("/releases/new")
    String form(Viewer viewer, Model model) {
        requireManager(viewer);
        return form(NewReleaseForm.empty(), Map.of(), model);
    }

    private static void requireManager(Viewer viewer) {
        if (!ReleaseView.reader(viewer).has(Role.RELEASE_MANAGER)) {
            throw new NotPermitted("Releases are requested by release managers, and you do not have that role.");
        }
    }

    private String form(NewReleaseForm form, Map<String, String> faults, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("faults", faults);
        model.addAttribute("systems", view.systems());
        model.addAttribute("urgencies", Urgency.values());
        return "release/new";
    }

    @PostMapping("/releases")
    ModelAndView request(NewReleaseForm form, Viewer viewer, RedirectAttributes redirect, Model model) {
        // Before anything is said of the form: it is shown to release managers only.
        requireManager(viewer);
        try {
            Release release = desk.request(form.read(), viewer.person());
            redirect.addFlashAttribute("message", release.key() + " is requested and under way.");
            return new ModelAndView("redirect:/releases/" + release.key());
        } catch (NotPermitted refused) {
            throw refused;
        } catch (TaskRefused refused) {
            String field = Objects.requireNonNullElse(refused.field(), "form");
            ModelAndView again = new ModelAndView(
                    form(form, Map.of(field, String.valueOf(refused.getMessage())), model), model.asMap());
            again.setStatus(HttpStatus.BAD_REQUEST);
            return again;
        }
    }

    @GetMapping("/releases/{key}")
    String release(@PathVariable String key, Viewer viewer, Model model) {
        Release release = desk.get(key, ReleaseView.reader(viewer));
        now(release, viewer, model);
        model.addAttribute("system", view.systems().getOrDefault(release.system(), release.system()));
        copies.sourceOf(release).ifPresent(source -> model.addAttribute("copiedFrom", source));
        model.addAttribute("requester", people.name(release.requestedBy()));
        model.addAttribute("panels", panels(release, viewer, model));
        return "release/release";
    }

    /** The part of the page that changes while somebody looks at it; asked for again and again. */
    @GetMapping("/releases/{key}/now")
    String now(@PathVariable String key, Viewer viewer, Model model) {
        now(desk.get(key, ReleaseView.reader(viewer)), viewer, model);
        return "release/now :: now";
    }

    private void now(Release release, Viewer viewer, Model model) {
        List<WaitLine> waits = view.waits(release, viewer);
        model.addAttribute("release", release);
        model.addAttribute("waits", waits);
        model.addAttribute("processes", view.processes(waits));
        model.addAttribute("actions", desk.offered(release, ReleaseView.reader(viewer)));
        model.addAttribute("phases", ReleasePhase.values());
        model.addAttribute("mayCopy", ReleaseView.reader(viewer).has(Role.RELEASE_MANAGER));
        model.addAttribute("mayOperate", navigation.rights(viewer).contains(Right.COCKPIT));
    }

    /** A panel that cannot be shown does not take the page with it. */
    private List<String> panels(Release release, Viewer viewer, Model model) {
        List<String> fragments = new ArrayList<>();
        for (ReleasePanel panel : panels) {
            fragments.add(fragment(panel, release, viewer, model));
        }
        return fragments;
    }

    private static String fragment(ReleasePanel panel, Release release, Viewer viewer, Model model) {
        try {
            model.addAllAttributes(panel.model(release, viewer.person()));
            return panel.fragment();
        } catch (RuntimeException e) {
            LOG.error("Panel {} of release {} cannot be shown", panel.fragment(), release.key(), e);
            return "release/panel-failed :: panel";
        }
    }

    @GetMapping("/releases/{key}/history")
    String history(@PathVariable String key, @RequestParam(defaultValue = "0") int page, Viewer viewer, Model model) {
        Release release = desk.get(key, ReleaseView.reader(viewer));
        model.addAttribute("release", release);
        model.addAllAttributes(history.model(release, Paging.page(page)));
        return "release/history-page";
    }

    @GetMapping("/releases/{key}/processes")
    String processes(@PathVariable String key, @RequestParam(defaultValue = "0") int page, Viewer viewer, Model model) {
        Release release = desk.get(key, ReleaseView.reader(viewer));
        model.addAttribute("release", release);
        model.addAllAttributes(processes.model(release, Paging.page(page)));
        return "release/processes-page";
    }

    @PostMapping("/releases/{key}/{action:hold|cancel|content-change|reschedule|rollback}")
    String ask(
            @PathVariable String key,
            @PathVariable String action,
            @RequestParam(defaultValue = "") String reason,
            Viewer viewer,
            RedirectAttributes redirect) {
        try {
            desk.ask(key, action, reason, viewer.person());
            redirect.addFlashAttribute("message", "Your request is recorded, and the release acts on it.");
        } catch (TaskRefused refused) {
            redirect.addFlashAttribute("refusal", refused.getMessage());
        }
        return "redirect:/releases/" + key;
    }
}
