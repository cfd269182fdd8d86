package io.slipway.governance.web;

import io.slipway.governance.obligations.ObligationFilter;
import io.slipway.governance.obligations.ObligationRegister;
import io.slipway.governance.obligations.ObligationRow;
import io.slipway.platform.security.People;
import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Landscape;
import io.slipway.release.ManagedSystem;
import io.slipway.release.Obligations;
import io.slipway.release.Reader;
import io.slipway.release.Role;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of obligations: what is owed, by whom and until when, and the place to say that it is done. */
@Controller
class ObligationPages {

    private static final int SIZE = 25;

    private final ObligationRegister register;
    private final Landscape landscape;
    private final People people;
    private final Clock clock;

    ObligationPages(ObligationRegister register, Landscape landscape, People people, Clock clock) {
        this.register = register;
        this.landscape = landscape;
        this.people = people;
        this.clock = clock;
    }

    @GetMapping("/obligations")
    String list(
            @RequestParam(defaultValue = "OPEN") String state,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String system,
            @RequestParam(defaultValue = "") String owner,
            @RequestParam(defaultValue = "0") int page,
            Viewer viewer,
            Model model) {
        ObligationFilter filter = new ObligationFilter(state.equals("ALL") ? "" : state, kind, system, owner);
        Reader reader = new Reader(viewer.person(), viewer.groups());
        Instant now = clock.instant();
        Page<ObligationRow> rows = register.list(filter, reader, PageRequest.of(Paging.page(page), SIZE));
        Map<String, String> names = people.names(rows.stream()
                .flatMap(row -> java.util.stream.Stream.concat(
                        row.fulfilledBy().stream(), row.obligation().owed().person().stream()))
                .toList());
        model.addAttribute("rows", rows.map(row -> Line.of(row, reader, names, now)));
        model.addAttribute("filter", filter);
        model.addAttribute("states", ObligationFilter.State.values());
        model.addAttribute("kinds", Obligations.Kind.values());
        model.addAttribute("owners", Role.values());
        Map<String, String> systems = new TreeMap<>();
        for (ManagedSystem known : landscape.systems()) {
            systems.put(known.key(), known.name());
        }
        model.addAttribute("systems", systems);
        return "governance/obligations";
    }

    /** Says in the name of the reader what shows that an obligation is fulfilled. */
    @PostMapping("/obligations/fulfil")
    String fulfil(
            @RequestParam(defaultValue = "") String key,
            @RequestParam(defaultValue = "") String evidence,
            Viewer viewer,
            RedirectAttributes redirect) {
        register.settle(key, viewer.person(), evidence);
        redirect.addFlashAttribute("message", "The obligation is fulfilled; your evidence is kept with it.");
        return "redirect:/obligations";
    }

    /**
     * An obligation as the page shows it.
     *
     * @param mayFulfil whether the reader has the role that owes it
     * @param fulfilledBy name of the person who fulfilled it; empty while it is open
     * @param person name of the person who owes it; empty where anybody of the role does
     */
    public record Line(ObligationRow row, boolean overdue, boolean mayFulfil, String fulfilledBy, String person) {

        static Line of(ObligationRow row, Reader reader, Map<String, String> names, Instant now) {
            return new Line(
                    row,
                    row.overdue(now),
                    row.mayBeFulfilledBy(reader),
                    row.fulfilledBy().map(id -> names.getOrDefault(id, id)).orElse(""),
                    row.obligation()
                            .owed()
                            .person()
                            .map(id -> names.getOrDefault(id, id))
                            .orElse(""));
        }
    }
}
