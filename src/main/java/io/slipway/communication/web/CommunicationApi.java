package io.slipway.communication.web;

import io.slipway.communication.Archive;
import io.slipway.communication.Deputies;
import io.slipway.communication.KnownIssue;
import io.slipway.communication.KnownIssues;
import io.slipway.communication.ReleaseUpdates;
import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Release;
import io.slipway.release.ReleaseDesk;
import io.slipway.release.Role;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What was sent to whom, known issues, updates and deputies, for programs. */
@RestController
class CommunicationApi {

    private static final String[] COLUMNS = {
        "id",
        "release",
        "kind",
        "audience",
        "person",
        "address",
        "subject",
        "digest",
        "messageId",
        "channel",
        "state",
        "attempts",
        "failure",
        "createdAt",
        "sentAt",
        "acknowledgedAt"
    };

    private final ReleaseDesk desk;
    private final Archive archive;
    private final KnownIssues issues;
    private final ReleaseUpdates updates;
    private final Deputies deputies;

    CommunicationApi(ReleaseDesk desk, Archive archive, KnownIssues issues, ReleaseUpdates updates, Deputies deputies) {
        this.desk = desk;
        this.archive = archive;
        this.issues = issues;
        this.updates = updates;
        this.deputies = deputies;
    }

    /** A known issue. */
    record IssueJson(
            long id,
            String title,
            String effect,
            String workaround,
            Instant enteredAt,
            @Nullable Instant resolvedAt) {

        static IssueJson of(KnownIssue issue) {
            return new IssueJson(
                    issue.id(),
                    issue.title(),
                    issue.effect(),
                    issue.workaround(),
                    issue.enteredAt(),
                    issue.resolvedAt().orElse(null));
        }
    }

    /** A known issue as a program enters it. */
    record IssueEntry(
            @Nullable String title,
            @Nullable String effect,
            @Nullable String workaround) {}

    /** What a release manager adds to an update. */
    record UpdateEntry(@Nullable String remark) {}

    /** Who stands in for a role. */
    record DeputyEntry(@Nullable String role, @Nullable String deputy) {}

    /** What was sent to whoever asks. */
    @GetMapping("/api/v1/outbox")
    Paging<Archive.Sent> outbox(
            @RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "25") int size, Viewer viewer) {
        return Paging.of(
                archive.list(
                        MailPages.reader(viewer),
                        true,
                        Optional.empty(),
                        PageRequest.of(Paging.page(page), Paging.size(size))),
                sent -> sent);
    }

    /** What was sent to anybody. */
    @GetMapping("/api/v1/communications")
    Paging<Archive.Sent> communications(
            @RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "25") int size, Viewer viewer) {
        return Paging.of(
                archive.list(
                        MailPages.reader(viewer),
                        false,
                        Optional.empty(),
                        PageRequest.of(Paging.page(page), Paging.size(size))),
                sent -> sent);
    }

    /** All of it as JSON. */
    @GetMapping("/api/v1/communications/export.json")
    List<Archive.Sent> json() {
        return archive.export(Optional.empty());
    }

    /** All of it as CSV; a text that a spreadsheet would take for a formula begins with an apostrophe. */
    @GetMapping("/api/v1/communications/export.csv")
    ResponseEntity<String> csv() {
        StringBuilder written = new StringBuilder(String.join(",", COLUMNS)).append("\r\n");
        for (Archive.Sent sent : archive.export(Optional.empty())) {
            written.append(Stream.of(
                                    sent.id(),
                                    sent.release(),
                                    sent.kind(),
                                    sent.audience(),
                                    sent.person(),
                                    sent.address(),
                                    sent.subject(),
                                    sent.digest(),
                                    sent.messageId(),
                                    sent.channel(),
                                    sent.state(),
                                    sent.attempts(),
                                    sent.failure(),
                                    sent.createdAt(),
                                    sent.sentAt(),
                                    sent.acknowledgedAt())
                            .map(CommunicationApi::field)
                            .collect(Collectors.joining(",")))
                    .append("\r\n");
        }
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", java.nio.charset.StandardCharsets.UTF_8))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"communications.csv\"")
                .body(written.toString());
    }

    /** A field by RFC 4180. */
    private static String field(@Nullable Object value) {
        String text = plain(value == null ? "" : value.toString());
        return text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    static String plain(String text) {
        return !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    /** What was sent about a release: all of it for those who read all, else one's own. */
    @GetMapping("/api/v1/releases/{key}/communications")
    Paging<Archive.Sent> communications(
            @PathVariable String key,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "25") int size,
            Viewer viewer) {
        Release release = desk.get(key, MailPages.reader(viewer));
        return Paging.of(
                archive.list(
                        MailPages.reader(viewer),
                        false,
                        Optional.of(release),
                        PageRequest.of(Paging.page(page), Paging.size(size))),
                sent -> sent);
    }

    @GetMapping("/api/v1/releases/{key}/issues")
    List<IssueJson> issues(@PathVariable String key, Viewer viewer) {
        return issues.of(desk.get(key, MailPages.reader(viewer))).stream()
                .map(IssueJson::of)
                .toList();
    }

    /** Enters a known issue. */
    @PostMapping("/api/v1/releases/{key}/issues")
    ResponseEntity<IssueJson> enter(@PathVariable String key, @RequestBody IssueEntry entry, Viewer viewer) {
        Release release = desk.get(key, MailPages.reader(viewer));
        IssueJson entered =
                IssueJson.of(issues.enter(release, viewer.person(), entry.title(), entry.effect(), entry.workaround()));
        return ResponseEntity.created(URI.create("/api/v1/releases/" + key + "/issues/" + entered.id()))
                .body(entered);
    }

    /** Says that a known issue is gone. */
    @DeleteMapping("/api/v1/releases/{key}/issues/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void resolve(@PathVariable String key, @PathVariable long id, Viewer viewer) {
        issues.resolve(desk.get(key, MailPages.reader(viewer)), viewer.person(), id);
    }

    /** Sends what is new. */
    @PostMapping("/api/v1/releases/{key}/updates")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void update(@PathVariable String key, @RequestBody UpdateEntry entry, Viewer viewer) {
        updates.send(desk.get(key, MailPages.reader(viewer)), viewer.person(), entry.remark());
    }

    /** Deputies by role. */
    @GetMapping("/api/v1/deputies")
    Map<String, String> deputies() {
        Map<String, String> named = new TreeMap<>();
        deputies.all().forEach((Role role, Role deputy) -> named.put(role.group(), deputy.group()));
        return named;
    }

    /** Names the deputy of a role. */
    @PutMapping("/api/v1/deputies")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void name(@RequestBody DeputyEntry entry, Viewer viewer) {
        deputies.name(viewer.person(), entry.role(), entry.deputy());
    }
}
