package io.slipway.governance.web;

import io.slipway.governance.changes.ChangeOverview;
import io.slipway.governance.changes.ChangeQuery;
import io.slipway.governance.changes.ListedChange;
import io.slipway.integration.changes.Change;
import io.slipway.platform.web.Paging;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** The register of changes: what was to change in production in a period, where it stands and how it ended. */
@Controller
class ChangePages {

    private static final int SIZE = 25;

    private final ChangeOverview changes;

    ChangePages(ChangeOverview changes) {
        this.changes = changes;
    }

    /** A change as programs get it; class, outcome and end are missing until they are there. */
    record ChangeJson(
            String number,
            String release,
            String system,
            String title,
            String kind,
            @Nullable String releaseClass,
            String state,
            @Nullable String outcome,
            String note,
            Instant openedAt,
            @Nullable Instant closedAt) {

        static ChangeJson of(ListedChange listed) {
            Change change = listed.change();
            return new ChangeJson(
                    change.number(),
                    change.content().subject(),
                    change.content().system(),
                    change.content().title(),
                    change.content().kind().name(),
                    listed.releaseClass().map(Enum::name).orElse(null),
                    change.state().name(),
                    change.outcome().map(Enum::name).orElse(null),
                    change.note(),
                    change.openedAt(),
                    change.closedAt().orElse(null));
        }
    }

    /** Changes that were opened in a period, the last first, of a system, in a state, with an outcome; days are in UTC. */
    @GetMapping("/api/v1/changes")
    @ResponseBody
    Paging<ChangeJson> list(
            @RequestParam(defaultValue = "") String system,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String outcome,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "25") int size) {
        return Paging.of(
                changes.list(
                        new ChangeQuery(system, state, outcome, from, to),
                        PageRequest.of(Paging.page(page), Paging.size(size))),
                ChangeJson::of);
    }

    @GetMapping("/changes")
    String page(
            @RequestParam(defaultValue = "") String system,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String outcome,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "0") int page,
            Model model) {
        ChangeQuery query = new ChangeQuery(system, state, outcome, from, to);
        model.addAttribute("query", query);
        model.addAttribute("rows", changes.list(query, PageRequest.of(Paging.page(page), SIZE)));
        model.addAttribute("states", Change.State.values());
        model.addAttribute("outcomes", Change.Outcome.values());
        model.addAttribute("words", new Words());
        return "governance/changes";
    }

    /** Names of states and outcomes as people read them. */
    public static final class Words {

        /** Such as {@code Rolled back}. */
        public String of(Enum<?> value) {
            String words = value.name().replace('_', ' ').toLowerCase(Locale.ROOT);
            return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
        }
    }

    /** All changes that the filter lets through, as a file of comma-separated values. */
    @GetMapping({"/api/v1/changes/export", "/changes/export"})
    @ResponseBody
    void export(
            @RequestParam(defaultValue = "") String system,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String outcome,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            HttpServletResponse answer)
            throws IOException {
        ChangeQuery query = new ChangeQuery(system, state, outcome, from, to);
        answer.setContentType("text/csv;charset=UTF-8");
        answer.setHeader("Content-Disposition", "attachment; filename=\"changes.csv\"");
        answer.setHeader("X-Content-Type-Options", "nosniff");
        try (Writer out =
                new BufferedWriter(new OutputStreamWriter(answer.getOutputStream(), StandardCharsets.UTF_8), 1 << 15)) {
            SafeCsv csv = new SafeCsv(
                    out,
                    "number",
                    "release",
                    "system",
                    "title",
                    "kind",
                    "class",
                    "state",
                    "outcome",
                    "note",
                    "opened_at",
                    "closed_at");
            changes.export(query, listed -> row(csv, ChangeJson.of(listed)));
        }
    }

    private static void row(SafeCsv csv, ChangeJson change) {
        try {
            csv.row(
                    change.number(),
                    change.release(),
                    change.system(),
                    change.title(),
                    change.kind(),
                    text(change.releaseClass()),
                    change.state(),
                    text(change.outcome()),
                    change.note(),
                    change.openedAt(),
                    text(change.closedAt()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object text(@Nullable Object value) {
        return value == null ? "" : value;
    }
}
