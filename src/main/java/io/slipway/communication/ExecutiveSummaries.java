package io.slipway.communication;

import io.slipway.release.ApprovalPart;
import io.slipway.release.AuditTrail;
import io.slipway.release.Contributions;
import io.slipway.release.Permissions;
import io.slipway.release.Release;
import io.slipway.release.Role;
import io.slipway.release.ScopeFacts;
import io.slipway.release.StoredIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Puts the executive summary of a release together from the records, and keeps what a person added to it. */
@Service
public class ExecutiveSummaries {

    /** So many items are named; a reader has one page. */
    private static final int CHANGES_NAMED = 12;

    private final JdbcClient jdbc;
    private final Contributions contributions;
    private final ScopeFacts scope;
    private final KnownIssues issues;
    private final EscalationLadder ladder;
    private final Delays delays;
    private final Permissions permissions;
    private final AuditTrail audit;
    private final Clock clock;

    ExecutiveSummaries(
            JdbcClient jdbc,
            @Lazy Contributions contributions,
            @Lazy ScopeFacts scope,
            KnownIssues issues,
            EscalationLadder ladder,
            Delays delays,
            Permissions permissions,
            AuditTrail audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.contributions = contributions;
        this.scope = scope;
        this.issues = issues;
        this.ladder = ladder;
        this.delays = delays;
        this.permissions = permissions;
        this.audit = audit;
        this.clock = clock;
    }

    private record Added(String body, String decision, Optional<String> person, Optional<Instant> at) {}

    /** The summary as the records are now. To be called outside of a transaction. */
    public Summary of(Release release) {
        String page = "/releases/" + release.key();
        Map<String, ApprovalPart.Content> parts = contributions.tellable(release);
        List<Summary.Statement> told = new ArrayList<>();
        told.add(new Summary.Statement(
                "Business impact",
                release.title() + ": version " + release.version() + " of " + release.system()
                        + release.releaseClass()
                                .map(known -> ", a " + known.label().toLowerCase(Locale.ROOT) + " release")
                                .orElse(", not classified yet")
                        + ". It is " + release.state().label().toLowerCase(Locale.ROOT)
                        + (release.onHold() ? " and on hold" : "")
                        + release.outcome()
                                .map(outcome ->
                                        "; it ended as " + outcome.label().toLowerCase(Locale.ROOT))
                                .orElse("")
                        + ".",
                "Release " + release.key(),
                page));
        told.add(new Summary.Statement(
                "Downtime window",
                release.windowStart().isPresent()
                        ? "Production may be changed from {start} to {end}."
                        : "No window is planned yet.",
                "Window of " + release.key(),
                page + "#schedule"));
        told.add(new Summary.Statement("Key changes", changes(release), "Scope", page + "/scope"));
        part(told, parts, "risk", "Risk", "Risk assessment", page + "#governance");
        part(told, parts, "plan", "How it is done", "Deployment plan", page + "#deployment");
        part(told, parts, "quality", "Quality", "Quality gates", page + "#quality");
        issues.of(release).stream()
                .filter(issue -> issue.resolvedAt().isEmpty())
                .forEach(issue -> told.add(new Summary.Statement(
                        "Known issue",
                        issue.title() + ": " + issue.effect() + " Workaround: " + issue.workaround(),
                        "Known issue " + issue.id(),
                        page + "#communication")));
        delays.of(release).stream()
                .filter(delay -> delay.state() == Delay.State.SENT || delay.state() == Delay.State.DRAFT)
                .findFirst()
                .ifPresent(delay -> told.add(new Summary.Statement(
                        "Delay", "It is late: " + delay.cause(), "Delay " + delay.id(), page + "#communication")));
        ladder.of(release)
                .forEach(question -> told.add(new Summary.Statement(
                        question.decision().isEmpty() ? "Decision needed" : "Decided",
                        question.question()
                                + question.decision()
                                        .map(decision -> " " + decision)
                                        .orElse(""),
                        "Question " + question.id(),
                        page + "#communication")));
        Added added = added(release);
        return new Summary(
                told,
                release.windowStart(),
                release.windowEnd(),
                added.body(),
                added.decision(),
                added.person(),
                added.at());
    }

    /** The items by name: those people have to adapt to first, then new things, then the rest. */
    private String changes(Release release) {
        List<ScopeFacts.Item> items =
                scope.content(release).map(ScopeFacts.Content::items).orElse(List.of());
        if (items.isEmpty()) {
            return "They are not fixed yet.";
        }
        String named = items.stream()
                .sorted(Comparator.comparing(ScopeFacts.Item::breaking)
                        .reversed()
                        .thenComparing(ScopeFacts.Item::kind))
                .limit(CHANGES_NAMED)
                .map(item -> item.key() + " " + item.title() + (item.breaking() ? " (users have to adapt)" : ""))
                .collect(Collectors.joining("; "));
        return named + (items.size() > CHANGES_NAMED ? "; and " + (items.size() - CHANGES_NAMED) + " more" : "") + ".";
    }

    private static void part(
            List<Summary.Statement> told,
            Map<String, ApprovalPart.Content> parts,
            String name,
            String heading,
            String record,
            String link) {
        ApprovalPart.Content content = parts.get(name);
        String text = content == null ? "It is not known yet." : content.summary();
        told.add(new Summary.Statement(heading, text, record, link));
    }

    /**
     * Keeps what a person adds.
     *
     * @param decision the decision that is needed; may be missing
     */
    @Transactional
    public void add(Release release, String person, @Nullable String body, @Nullable String decision) {
        permissions.require(release, person, Role.RELEASE_MANAGER, Role.PRODUCT_OWNER);
        String text = Texts.optional("body", body, 4000);
        String needed = Texts.optional("decision", decision, 1000);
        Added before = added(release);
        jdbc.sql("delete from summary_text where release_id = ?")
                .param(StoredIds.bytes(release))
                .update();
        jdbc.sql("insert into summary_text (release_id, body, decision, written_by, written_at) values (?, ?, ?, ?, ?)")
                .params(StoredIds.bytes(release), text, needed, person, Columns.at(clock.instant()))
                .update();
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "communication.writeSummary",
                release.key(),
                Map.of("body", before.body(), "decision", before.decision()),
                Map.of("body", text, "decision", needed)));
    }

    private Added added(Release release) {
        return jdbc.sql("select * from summary_text where release_id = ?")
                .param(StoredIds.bytes(release))
                .query((row, index) -> added(row))
                .optional()
                .orElse(new Added("", "", Optional.empty(), Optional.empty()));
    }

    private static Added added(ResultSet row) throws SQLException {
        return new Added(
                row.getString("body"),
                row.getString("decision"),
                Optional.of(row.getString("written_by")),
                Columns.moment(row, "written_at"));
    }
}
