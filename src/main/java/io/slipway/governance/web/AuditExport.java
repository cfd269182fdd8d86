package io.slipway.governance.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.governance.AuditEntry;
import io.slipway.governance.AuditFilter;
import io.slipway.governance.AuditSearch;
import io.slipway.release.Refused;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Component;

/** Writes entries of the audit trail into an answer while they are read, as comma-separated values or as JSON lines. */
@Component
class AuditExport {

    private final AuditSearch search;
    private final ObjectMapper json;

    AuditExport(AuditSearch search, ObjectMapper json) {
        this.search = search;
        this.json = json;
    }

    /**
     * Writes what a filter lets through.
     *
     * @throws Refused when the format is neither csv nor jsonl
     */
    void write(AuditFilter filter, String person, String format, HttpServletResponse answer) throws IOException {
        switch (format) {
            case "csv" -> {
                begin(answer, "text/csv", "audit.csv");
                try (Writer out = writer(answer)) {
                    SafeCsv csv = new SafeCsv(
                            out,
                            "seq",
                            "occurred_at",
                            "actor",
                            "release_id",
                            "ticket",
                            "action",
                            "subject",
                            "before",
                            "after");
                    search.export(filter, person, format, entry -> row(csv, entry));
                }
            }
            case "jsonl" -> {
                begin(answer, "application/jsonl", "audit.jsonl");
                try (Writer out = writer(answer)) {
                    search.export(filter, person, format, entry -> line(out, entry));
                }
            }
            default -> throw new Refused("format", "'format' must be csv or jsonl.");
        }
    }

    private static void begin(HttpServletResponse answer, String type, String file) {
        answer.setContentType(type + ";charset=UTF-8");
        answer.setHeader("Content-Disposition", "attachment; filename=\"" + file + "\"");
        answer.setHeader("X-Content-Type-Options", "nosniff");
    }

    private static Writer writer(HttpServletResponse answer) throws IOException {
        return new BufferedWriter(new OutputStreamWriter(answer.getOutputStream(), StandardCharsets.UTF_8), 1 << 15);
    }

    private static void row(SafeCsv csv, AuditEntry entry) {
        try {
            csv.row(
                    entry.seq().orElseThrow(),
                    entry.occurredAt(),
                    entry.actor(),
                    entry.releaseId().map(Object::toString).orElse(""),
                    entry.changeTicket().orElse(""),
                    entry.action(),
                    entry.subject(),
                    entry.before(),
                    entry.after());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void line(Writer out, AuditEntry entry) {
        try {
            out.write(json.writeValueAsString(node(entry)));
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An entry as programs get it. */
    ObjectNode node(AuditEntry entry) {
        ObjectNode node = json.createObjectNode();
        node.put("seq", entry.seq().orElseThrow());
        node.put("occurredAt", entry.occurredAt().toString());
        node.put("actor", entry.actor());
        entry.releaseId().ifPresent(id -> node.put("releaseId", id.toString()));
        entry.changeTicket().ifPresent(ticket -> node.put("ticket", ticket));
        node.put("action", entry.action());
        node.put("subject", entry.subject());
        try {
            node.set("before", json.readTree(entry.before()));
            node.set("after", json.readTree(entry.after()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An audit entry holds what is no JSON", e);
        }
        return node;
    }
}
