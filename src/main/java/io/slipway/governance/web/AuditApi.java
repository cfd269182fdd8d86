package io.slipway.governance.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.governance.AuditFilter;
import io.slipway.governance.AuditSearch;
import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit trail for programs. */
@RestController
class AuditApi {

    private final AuditSearch search;
    private final AuditExport export;

    AuditApi(AuditSearch search, AuditExport export) {
        this.search = search;
        this.export = export;
    }

    /** Entries, the newest first; {@code next} is the value of {@code before} for the next page. */
    record EntriesJson(List<ObjectNode> content, @Nullable Long next) {}

    /** Finds entries by release, ticket, person, action and days; people are named by their opaque ids. */
    @GetMapping("/api/v1/audit")
    EntriesJson find(
            @RequestParam(defaultValue = "") String release,
            @RequestParam(defaultValue = "") String ticket,
            @RequestParam(defaultValue = "") String person,
            @RequestParam(defaultValue = "") String action,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam Optional<Long> before,
            @RequestParam(defaultValue = "25") int size) {
        AuditSearch.Found found =
                search.find(new AuditFilter(release, ticket, person, action, from, to), before, Paging.size(size));
        return new EntriesJson(
                found.entries().stream().map(export::node).toList(),
                found.next().orElse(null));
    }

    /** All entries that the filter lets through, as a file of comma-separated values ({@code csv}) or JSON lines ({@code jsonl}). */
    @GetMapping({"/api/v1/audit/export", "/audit/export"})
    void export(
            @RequestParam(defaultValue = "") String release,
            @RequestParam(defaultValue = "") String ticket,
            @RequestParam(defaultValue = "") String person,
            @RequestParam(defaultValue = "") String action,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "jsonl") String format,
            Viewer viewer,
            HttpServletResponse answer)
            throws IOException {
        export.write(new AuditFilter(release, ticket, person, action, from, to), viewer.person(), format, answer);
    }
}
