package io.slipway.governance.web;

import io.slipway.governance.access.AccessHistory;
import io.slipway.governance.access.AccessHistory.Held;
import io.slipway.platform.security.People;
import io.slipway.platform.web.Paging;
import io.slipway.release.Refused;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** Who has, or had at the end of a day, which role. */
@Controller
class AccessPages {

    private static final int SIZE = 50;

    private final AccessHistory history;
    private final People people;
    private final Clock clock;

    AccessPages(AccessHistory history, People people, Clock clock) {
        this.history = history;
        this.people = people;
        this.clock = clock;
    }

    /** A role that somebody had; people by their opaque ids. */
    record HeldJson(String person, String group, Instant since, String grantedBy) {}

    /** A role that somebody had, with names. */
    public record Line(String person, String group, Instant since, String by) {}

    /** Who had which role at the end of a day in UTC; without one, who has it now. */
    @GetMapping("/api/v1/access")
    @ResponseBody
    Paging<HeldJson> access(
            @RequestParam(defaultValue = "") String on,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "50") int size) {
        return Paging.of(
                history.at(end(on), PageRequest.of(Paging.page(page), Paging.size(size))),
                held -> new HeldJson(held.person(), held.group(), held.since(), held.by()));
    }

    @GetMapping("/access")
    String page(@RequestParam(defaultValue = "") String on, @RequestParam(defaultValue = "0") int page, Model model) {
        Page<Held> rows = history.at(end(on), PageRequest.of(Paging.page(page), SIZE));
        Map<String, String> names = people.names(rows.stream()
                .flatMap(held -> Stream.of(held.person(), held.by()))
                .toList());
        model.addAttribute("on", on);
        model.addAttribute(
                "rows",
                rows.map(held -> new Line(
                        names.getOrDefault(held.person(), held.person()),
                        held.group(),
                        held.since(),
                        names.getOrDefault(held.by(), held.by()))));
        return "governance/access";
    }

    private Instant end(String on) {
        if (on.isBlank()) {
            return clock.instant().plusSeconds(1);
        }
        try {
            return LocalDate.parse(on.strip())
                    .plusDays(1)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant();
        } catch (DateTimeParseException e) {
            throw new Refused("on", "'on' is a day such as 2026-03-14.");
        }
    }
}
