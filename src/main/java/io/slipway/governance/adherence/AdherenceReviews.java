package io.slipway.governance.adherence;

import io.slipway.governance.process.ReviewAdherenceProcess;
import io.slipway.platform.process.ModelKind;
import io.slipway.platform.process.ModelVersions;
import io.slipway.release.AuditTrail;
import io.slipway.release.Obligations;
import io.slipway.release.Obligations.NewObligation;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import io.slipway.release.SideProcesses;
import io.slipway.release.StoredIds;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reviews every release once after its end. Each finding is kept with its evidence and opens an obligation of the process owners, which
 * has a task of its own and is escalated when nothing comes.
 */
@Service
public class AdherenceReviews {

    /** Business key of the one process that reviews. */
    static final String KEY = "adherence";

    /** Releases that one step reviews, so that it stays short. */
    private static final int AT_ONCE = 50;

    private final AdherenceRules rules;
    private final Releases releases;
    private final Obligations obligations;
    private final SideProcesses sides;
    private final ModelVersions models;
    private final JdbcClient jdbc;
    private final AuditTrail audit;
    private final AdherenceSettings settings;
    private final Clock clock;

    AdherenceReviews(
            AdherenceRules rules,
            @Lazy Releases releases,
            Obligations obligations,
            SideProcesses sides,
            ModelVersions models,
            JdbcClient jdbc,
            AuditTrail audit,
            AdherenceSettings settings,
            Clock clock) {
        this.rules = rules;
        this.releases = releases;
        this.obligations = obligations;
        this.sides = sides;
        this.models = models;
        this.jdbc = jdbc;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
    }

    /** Starts the process that reviews, when none runs; of nodes that start together one does. */
    @EventListener(ApplicationReadyEvent.class)
    public void begin() {
        if (models.newestAccepted(ModelKind.PROCESS, ReviewAdherenceProcess.KEY).isPresent()) {
            sides.keepRunning(KEY, ReviewAdherenceProcess.KEY, Map.of());
        }
    }

    /**
     * Reviews what ended and was not reviewed yet.
     *
     * @return number of findings
     */
    @Transactional
    public int review() {
        List<String> ended = jdbc.sql("select r.release_key from slipway_release r where r.ended_at is not null"
                        + " and not exists (select 1 from adherence_review v where v.release_id = r.id)"
                        + " order by r.ended_at limit " + AT_ONCE)
                .query(String.class)
                .list();
        int found = 0;
        for (String key : ended) {
            found += review(releases.find(key).orElseThrow());
        }
        if (!ended.isEmpty()) {
            audit.record(new AuditTrail.Entry(
                    Optional.empty(),
                    "adherence.review",
                    ended.size() + " releases",
                    Map.of(),
                    Map.of("releases", ended, "findings", found)));
        }
        return found;
    }

    private int review(Release release) {
        List<Deviation> deviations = rules.of(release);
        Instant now = clock.instant();
        for (Deviation deviation : deviations) {
            String rule =
                    deviation.rule().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
            String key = release.key() + "/finding/" + rule + "/" + deviation.discriminator();
            jdbc.sql(
                            "insert into adherence_finding (finding_key, release_key, system_key, rule_name, sentence, evidence, found_at)"
                                    + " values (?, ?, ?, ?, ?, ?, ?)")
                    .params(
                            key,
                            release.key(),
                            release.system(),
                            deviation.rule().name(),
                            deviation.sentence(),
                            deviation.evidence(),
                            Timestamp.from(now))
                    .update();
            obligations.open(new NewObligation(
                    key,
                    Optional.empty(),
                    Optional.of(release.system()),
                    Obligations.Kind.FINDING,
                    deviation.rule().label() + ": " + deviation.sentence()
                            + " Please say what keeps it from happening again.",
                    Role.PROCESS_OWNER,
                    Optional.empty(),
                    now.plus(settings.correctedWithin()),
                    false));
        }
        jdbc.sql("insert into adherence_review (release_id, reviewed_at, findings) values (?, ?, ?)")
                .params(StoredIds.bytes(release), Timestamp.from(now), deviations.size())
                .update();
        return deviations.size();
    }

    /** Whether reviews are repeated. */
    public boolean goOn() {
        return !settings.interval().isZero();
    }

    /** When the next review is due. */
    public Instant next() {
        return clock.instant().plus(settings.interval());
    }

    /** Findings, the newest first, of one rule or of all. */
    @Transactional(readOnly = true)
    public Page<Finding> list(Optional<Deviation.Rule> rule, Pageable page) {
        String where = rule.isPresent() ? " where f.rule_name = ?" : "";
        List<Object> values =
                rule.<List<Object>>map(named -> List.of(named.name())).orElse(List.of());
        long total = jdbc.sql("select count(*) from adherence_finding f" + where)
                .params(values)
                .query(Long.class)
                .single();
        List<Object> paged = new java.util.ArrayList<>(values);
        paged.add(page.getPageSize());
        paged.add(page.getOffset());
        List<Finding> rows = jdbc.sql(
                        "select f.finding_key, f.release_key, f.system_key, f.rule_name, f.sentence, f.evidence,"
                                + " f.found_at, o.fulfilled_at from adherence_finding f"
                                + " left join obligation o on o.obligation_key = f.finding_key" + where
                                + " order by f.found_at desc, f.id desc limit ? offset ?")
                .params(paged)
                .query((row, number) -> new Finding(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        Deviation.Rule.valueOf(row.getString(4)),
                        row.getString(5),
                        row.getString(6),
                        row.getTimestamp(7).toInstant(),
                        Optional.ofNullable(row.getTimestamp(8)).map(Timestamp::toInstant)))
                .list();
        return new PageImpl<>(rows, page, total);
    }
}
