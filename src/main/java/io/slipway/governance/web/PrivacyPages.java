package io.slipway.governance.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.governance.compliance.Privacy;
import io.slipway.platform.security.People;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Refused;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What people may ask about their own data, answered by administrators: a copy, and erasure by two of them. */
@Controller
class PrivacyPages {

    private final Privacy privacy;
    private final AuditExport export;
    private final People people;
    private final ObjectMapper json;

    PrivacyPages(Privacy privacy, AuditExport export, People people, ObjectMapper json) {
        this.privacy = privacy;
        this.export = export;
        this.people = people;
        this.json = json;
    }

    /** Whose data are erased, by login name or opaque id, and who asked for it. */
    record ErasureJson(@Nullable String person, @Nullable String reason) {}

    /** A request that waits, with names. */
    public record Line(Privacy.Request request, String person, String login, String askedBy, boolean mine) {}

    /** A copy of everything about a person: one JSON document, or comma-separated values with one row for each value. */
    @GetMapping({"/api/v1/privacy/copy", "/privacy/copy"})
    void copy(
            @RequestParam(defaultValue = "") String person,
            @RequestParam(defaultValue = "json") String format,
            Viewer viewer,
            HttpServletResponse answer)
            throws IOException {
        if (!format.equals("json") && !format.equals("csv")) {
            throw new Refused("format", "'format' must be json or csv.");
        }
        Map<String, Object> copy = privacy.copy(person, viewer.person());
        answer.setContentType((format.equals("csv") ? "text/csv" : "application/json") + ";charset=UTF-8");
        answer.setHeader("Content-Disposition", "attachment; filename=\"copy." + format + "\"");
        try (Writer out =
                new BufferedWriter(new OutputStreamWriter(answer.getOutputStream(), StandardCharsets.UTF_8), 1 << 15)) {
            if (format.equals("csv")) {
                SafeCsv csv = new SafeCsv(out, "what", "when", "name", "value");
                for (Map.Entry<String, Object> fact : copy.entrySet()) {
                    csv.row("account", "", fact.getKey(), json.writeValueAsString(fact.getValue()));
                }
                privacy.entries(person, viewer.person(), entry -> {
                    try {
                        csv.row(
                                "entry " + entry.seq().orElseThrow(),
                                entry.occurredAt(),
                                entry.action() + " " + entry.subject(),
                                entry.after());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
                return;
            }
            String begin = json.writeValueAsString(copy);
            out.write(begin.substring(0, begin.length() - 1));
            out.write(",\"entries\":[");
            boolean[] first = {true};
            privacy.entries(person, viewer.person(), entry -> {
                try {
                    out.write((first[0] ? "" : ",") + json.writeValueAsString(export.node(entry)));
                    first[0] = false;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            out.write("]}");
        }
    }

    /** Asks for erasure; refused with date and ground where an identity must be kept. */
    @PostMapping("/api/v1/privacy/erasures")
    @ResponseBody
    @ResponseStatus(HttpStatus.ACCEPTED)
    void ask(@RequestBody ErasureJson erasure, Viewer viewer) {
        privacy.ask(given(erasure.person()), given(erasure.reason()), viewer.person());
    }

    /** Carries out, as another administrator, what was asked for. */
    @PostMapping("/api/v1/privacy/erasures/confirmation")
    @ResponseBody
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void carryOut(@RequestBody ErasureJson erasure, Viewer viewer) {
        privacy.carryOut(given(erasure.person()), viewer.person());
    }

    @GetMapping("/privacy")
    String page(Viewer viewer, Model model) {
        List<Privacy.Request> waiting = privacy.waiting();
        Map<String, String> names = people.names(waiting.stream()
                .flatMap(request -> Stream.of(request.person(), request.askedBy()))
                .toList());
        model.addAttribute(
                "rows",
                waiting.stream()
                        .map(request -> new Line(
                                request,
                                names.getOrDefault(request.person(), request.person()),
                                request.person(),
                                names.getOrDefault(request.askedBy(), request.askedBy()),
                                request.askedBy().equals(viewer.person())))
                        .toList());
        return "governance/privacy";
    }

    @PostMapping("/privacy/erasures")
    String ask(
            @RequestParam(defaultValue = "") String person,
            @RequestParam(defaultValue = "") String reason,
            Viewer viewer,
            RedirectAttributes redirect) {
        privacy.ask(person, reason, viewer.person());
        redirect.addFlashAttribute("message", "Erasure is asked for; another administrator carries it out.");
        return "redirect:/privacy";
    }

    @PostMapping("/privacy/erasures/confirmation")
    String carryOut(@RequestParam(defaultValue = "") String person, Viewer viewer, RedirectAttributes redirect) {
        privacy.carryOut(person, viewer.person());
        redirect.addFlashAttribute("message", "The data are erased; records name the person by an opaque id only.");
        return "redirect:/privacy";
    }

    private static String given(@Nullable String text) {
        return text == null ? "" : text;
    }
}
