package io.slipway.governance.web;

import io.slipway.governance.approvals.Delegation;
import io.slipway.governance.approvals.Delegations;
import io.slipway.platform.security.People;
import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Reader;
import io.slipway.release.Refused;
import io.slipway.release.Role;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Who approves for whom: the page, and the same for programs. */
@Controller
class DelegationPages {

    private static final int SIZE = 25;

    private final Delegations delegations;
    private final People people;
    private final Clock clock;

    DelegationPages(Delegations delegations, People people, Clock clock) {
        this.delegations = delegations;
        this.people = people;
        this.clock = clock;
    }

    /** A delegation for programs. */
    record DelegationJson(
            UUID id,
            String group,
            String from,
            String to,
            String reason,
            Instant start,
            Instant end,
            @Nullable Instant revokedAt,
            boolean holds) {

        static DelegationJson of(Delegation delegation, Instant now) {
            return new DelegationJson(
                    delegation.id(),
                    delegation.group(),
                    delegation.from(),
                    delegation.to(),
                    delegation.reason(),
                    delegation.start(),
                    delegation.end(),
                    delegation.revokedAt().orElse(null),
                    delegation.holdsAt(now));
        }
    }

    /** A delegation as a program enters it; {@code person} is a login name. */
    record Entry(
            @Nullable String group,
            @Nullable String person,
            @Nullable Instant start,
            @Nullable Instant end,
            @Nullable String reason) {}

    /**
     * A delegation as the page shows it.
     *
     * @param mine whether the reader may take it back
     */
    public record Line(Delegation delegation, String group, String from, String to, boolean holds, boolean mine) {}

    @GetMapping("/delegations")
    String list(@RequestParam(defaultValue = "0") int page, Viewer viewer, Model model) {
        Page<Delegation> rows = delegations.list(PageRequest.of(Paging.page(page), SIZE));
        Map<String, String> names = people.names(
                rows.stream().flatMap(row -> Stream.of(row.from(), row.to())).toList());
        Instant now = clock.instant();
        Reader reader = new Reader(viewer.person(), viewer.groups());
        model.addAttribute(
                "rows",
                rows.map(row -> new Line(
                        row,
                        Role.ofGroup(row.group()).map(Role::label).orElse(row.group()),
                        names.getOrDefault(row.from(), row.from()),
                        names.getOrDefault(row.to(), row.to()),
                        row.holdsAt(now),
                        row.from().equals(viewer.person())
                                && row.revokedAt().isEmpty()
                                && row.end().isAfter(now))));
        model.addAttribute(
                "groups",
                Stream.of(Role.CHANGE_AUTHORITY, Role.CAB_MEMBER, Role.SECURITY, Role.DBA)
                        .filter(reader::has)
                        .toList());
        return "governance/delegations";
    }

    @PostMapping("/delegations")
    String enter(
            @RequestParam(defaultValue = "") String group,
            @RequestParam(defaultValue = "") String person,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String reason,
            Viewer viewer,
            RedirectAttributes redirect) {
        delegations.requireMember(viewer.person(), group);
        Instant start = from.isBlank() ? clock.instant() : day("from", from);
        delegations.enter(viewer.person(), group, person, start, day("to", to).plusSeconds(86_400), reason);
        redirect.addFlashAttribute("message", "The delegation is entered.");
        return "redirect:/delegations";
    }

    @PostMapping("/delegations/{id}/revoke")
    String revoke(@PathVariable UUID id, Viewer viewer, RedirectAttributes redirect) {
        delegations.revoke(viewer.person(), id);
        redirect.addFlashAttribute("message", "The delegation is taken back.");
        return "redirect:/delegations";
    }

    /** Who approves for whom, those entered last first. */
    @GetMapping("/api/v1/delegations")
    @ResponseBody
    Paging<DelegationJson> list(
            @RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "25") int size) {
        Instant now = clock.instant();
        return Paging.of(
                delegations.list(PageRequest.of(Paging.page(page), Paging.size(size))),
                row -> DelegationJson.of(row, now));
    }

    /** Names somebody who approves instead of the caller. */
    @PostMapping("/api/v1/delegations")
    @ResponseBody
    @ResponseStatus(HttpStatus.CREATED)
    DelegationJson enter(@RequestBody Entry entry, Viewer viewer) {
        String group = given(entry.group());
        delegations.requireMember(viewer.person(), group);
        Instant now = clock.instant();
        Instant start = entry.start();
        Instant end = entry.end();
        if (end == null) {
            throw new Refused("end", "'end' is missing.");
        }
        return DelegationJson.of(
                delegations.enter(
                        viewer.person(),
                        group,
                        given(entry.person()),
                        start == null ? now : start,
                        end,
                        given(entry.reason())),
                now);
    }

    private static String given(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Takes a delegation of the caller back. */
    @DeleteMapping("/api/v1/delegations/{id}")
    @ResponseBody
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable UUID id, Viewer viewer) {
        delegations.revoke(viewer.person(), id);
    }

    private static Instant day(String field, String text) {
        try {
            return LocalDate.parse(text.strip()).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw new Refused(field, "'" + field + "' is a day such as 2026-03-14.");
        }
    }
}
