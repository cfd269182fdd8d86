package io.slipway.governance.adherence;

import io.slipway.governance.adherence.Deviation.Rule;
import io.slipway.governance.compliance.Compliance;
import io.slipway.governance.compliance.Coverage;
import io.slipway.governance.process.ApproveChangeProcess;
import io.slipway.platform.process.EngineAccess;
import io.slipway.release.Release;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.StoredIds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.HistoricTaskInstance;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Holds an ended release against the rules about its course. Because the engine keeps to the model, deviations lie beside it: they are
 * looked for in the audit trail. What people did in the engine itself is told by {@link EngineDeeds}.
 */
@Component
class AdherenceRules {

    private final Compliance compliance;
    private final HistoryService history;
    private final EngineAccess access;
    private final JdbcClient jdbc;
    private final AdherenceSettings settings;

    AdherenceRules(
            Compliance compliance,
            @Lazy HistoryService history,
            EngineAccess access,
            JdbcClient jdbc,
            AdherenceSettings settings) {
        this.compliance = compliance;
        this.history = history;
        this.access = access;
        this.jdbc = jdbc;
        this.settings = settings;
    }

    /** Everything that deviated in its course. */
    List<Deviation> of(Release release) {
        List<Deviation> found = new ArrayList<>();
        boolean wentLive = release.outcome()
                .filter(outcome -> outcome != ReleaseOutcome.CANCELLED)
                .isPresent();
        if (wentLive) {
            skipped(release, found);
            order(release, found);
        }
        hasty(release, found);
        return found;
    }

    private void skipped(Release release, List<Deviation> found) {
        for (Coverage coverage : compliance.of(release)) {
            if (!coverage.missing().isEmpty()) {
                found.add(new Deviation(
                        Rule.SKIPPED_CONTROL,
                        coverage.control().key(),
                        "The control '" + coverage.control().title() + "' applied to " + release.key()
                                + " and no step shows it.",
                        "models of the release and its audit trail"));
            }
        }
    }

    /** Production is touched after the approvals are concluded, never before. */
    private void order(Release release, List<Deviation> found) {
        Optional<Long> deployed = seq(
                release,
                "select min(seq) from audit_entry where release_id = ? and action = 'release.enter'"
                        + " and facts_after like '%\"DEPLOYING\"%'");
        Optional<Long> approved = seq(
                release,
                "select min(seq) from audit_entry where release_id = ? and action = 'approval.conclude'"
                        + " and facts_after like '%\"APPROVED\"%'");
        deployed.filter(at -> approved.filter(before -> before < at).isEmpty())
                .ifPresent(at -> found.add(new Deviation(
                        Rule.ORDER_VIOLATION,
                        "approval",
                        "The deployment of " + release.key()
                                + " to production began before its approvals were concluded.",
                        "entry " + at
                                + approved.map(later -> " before entry " + later)
                                        .orElse(", no approval concluded"))));
    }

    private void hasty(Release release, List<Deviation> found) {
        for (HistoricTaskInstance task : access.asSystem(() -> history.createHistoricTaskInstanceQuery()
                .processInstanceBusinessKey(release.key())
                .taskDefinitionKey(ApproveChangeProcess.Element.APPROVE_CHANGE.id())
                .finished()
                .listPage(0, 100))) {
            boolean decided = "completed".equals(task.getDeleteReason());
            Long lasted = task.getDurationInMillis();
            if (decided && lasted != null && lasted < settings.hasty().toMillis()) {
                found.add(new Deviation(
                        Rule.HASTY_DECISION,
                        task.getId(),
                        "A change was approved or rejected " + lasted + " ms after its task was there.",
                        "task " + task.getId()));
            }
        }
        Optional<Instant> approved = moment(
                release,
                "select max(occurred_at) from audit_entry where release_id = ? and action = 'approval.decide'");
        Optional<Instant> deployed = moment(
                release,
                "select max(occurred_at) from audit_entry where release_id = ? and action = 'release.enter'"
                        + " and facts_after like '%\"DEPLOYING\"%'");
        if (approved.isPresent() && deployed.isPresent() && !deployed.get().isBefore(approved.get())) {
            Duration between = Duration.between(approved.get(), deployed.get());
            if (between.compareTo(settings.afterApproval()) < 0) {
                found.add(new Deviation(
                        Rule.HASTY_DECISION,
                        "deployment",
                        "The deployment of " + release.key() + " began " + between.toSeconds()
                                + " s after the last approval.",
                        "entries approval.decide and release.enter"));
            }
        }
    }

    private Optional<Long> seq(Release release, String sql) {
        return jdbc.sql(sql)
                .param(StoredIds.bytes(release))
                .query((row, number) -> {
                    long seq = row.getLong(1);
                    return row.wasNull() ? Optional.<Long>empty() : Optional.of(seq);
                })
                .single();
    }

    private Optional<Instant> moment(Release release, String sql) {
        return jdbc.sql(sql)
                .param(StoredIds.bytes(release))
                .query((row, number) -> Optional.ofNullable(row.getTimestamp(1)).map(java.sql.Timestamp::toInstant))
                .single();
    }
}
