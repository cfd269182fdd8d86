package io.slipway.governance.adherence;

import io.slipway.governance.process.ReviewAdherenceProcess;
import io.slipway.platform.data.ListTotal;
import io.slipway.platform.process.ModelKind;
import io.slipway.platform.process.ModelVersions;
import io.slipway.platform.security.People;
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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
 * Reviews every release once after its end, and what people do to its processes in the engine after that. Each finding is kept with its evidence and opens an obligation of the process owners, which
 * has a task of its own and is escalated when nothing comes.
 */
@Service
public class AdherenceReviews {

    /** Business key of the one process that reviews. */
    static final String KEY = "adherence";

    /** How the ids of people look. */
    private static final Pattern PERSON = Pattern.compile("\\bp[a-z2-7]{20}\\b");

    /** Releases that one step reviews, so that it stays short. */
    private static final int AT_ONCE = 50;

    private final AdherenceRules rules;
    private final EngineDeeds deeds;
    private final People people;
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
            EngineDeeds deeds,
            People people,
            @Lazy Releases releases,
            Obligations obligations,
            SideProcesses sides,
            ModelVersions models,
            JdbcClient jdbc,
            AuditTrail audit,
            AdherenceSettings settings,
            Clock clock) {
        this.rules = rules;
        this.deeds = deeds;
        this.people = people;
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
     * Reviews what ended and was not reviewed yet, and what was touched since its review.
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
        Instant now = clock.instant();
        Set<String> touched = new LinkedHashSet<>(deeds.touchedSinceReview(AT_ONCE));
        for (String key : touched) {
            Release release = releases.find(key).orElseThrow();
            List<Deviation> deviations = deeds.take(release, now);
            keep(release, deviations, now);
            found += deviations.size();
        }
        touched.addAll(ended);
        if (!touched.isEmpty()) {
            audit.record(new AuditTrail.Entry(
                    Optional.empty(),
                    "adherence.review",
                    touched.size() + " releases",
                    Map.of(),
                    Map.of("releases", List.copyOf(touched), "findings", found)));
        }
        return found;
    }

    private int review(Release release) {
        Instant now = clock.instant();
        List<Deviation> deviations = new ArrayList<>(rules.of(release));
        deviations.addAll(deeds.take(release, now));
        keep(release, deviations, now);
        jdbc.sql("insert into adherence_review (release_id, reviewed_at, findings) values (?, ?, ?)")
                .params(StoredIds.bytes(release), Timestamp.from(now), deviations.size())
                .update();
        return deviations.size();
    }

    private void keep(Release release, List<Deviation> deviations, Instant now) {
        for (Deviation deviation : deviations) {
            String rule =
                    deviation.rule().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
            String key = release.key() + "/finding/" + rule + "/" + deviation.discriminator();
            jdbc.sql(
                            "insert into adherence_finding (finding_key, release_key, system_key, rule_name, sentence, evidence, found_at,"
                                    + " person, happened_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                    .params(
                            key,
                            release.key(),
                            release.system(),
                            deviation.rule().name(),
                            deviation.sentence(),
                            deviation.evidence(),
                            Timestamp.from(now),
                            deviation.deed().map(Deviation.Deed::person).orElse(null),
                            deviation
                                    .deed()
                                    .map(deed -> Timestamp.from(deed.at()))
                                    .orElse(null))
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
        long total = jdbc.sql(ListTotal.sql("from adherence_finding f" + where, page))
                .params(values)
                .query(Long.class)
                .single();
        List<Object> paged = new ArrayList<>(values);
        paged.add(page.getPageSize());
        paged.add(page.getOffset());
        List<Finding> rows = jdbc.sql(
                        "select f.finding_key, f.release_key, f.system_key, f.rule_name, f.sentence, f.evidence,"
                                + " f.found_at, o.fulfilled_at, f.person, f.happened_at from adherence_finding f"
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
                        Optional.ofNullable(row.getString(9)),
                        Optional.ofNullable(row.getTimestamp(10)).map(Timestamp::toInstant),
                        row.getTimestamp(7).toInstant(),
                        Optional.ofNullable(row.getTimestamp(8)).map(Timestamp::toInstant)))
                .list();
        return new PageImpl<>(named(rows), page, total);
    }

    /** Puts names in the place of opaque ids, asked for together; sentences of former versions mention people as well. */
    private List<Finding> named(List<Finding> rows) {
        Set<String> involved = new HashSet<>();
        for (Finding row : rows) {
            row.who().ifPresent(involved::add);
            Matcher mentioned = PERSON.matcher(row.sentence());
            while (mentioned.find()) {
                involved.add(mentioned.group());
            }
        }
        if (involved.isEmpty()) {
            return rows;
        }
        Map<String, String> names = people.names(involved);
        return rows.stream()
                .map(row -> new Finding(
                        row.key(),
                        row.release(),
                        row.system(),
                        row.rule(),
                        PERSON.matcher(row.sentence())
                                .replaceAll(id -> Matcher.quoteReplacement(names.getOrDefault(id.group(), id.group()))),
                        row.evidence(),
                        row.who().map(person -> names.getOrDefault(person, person)),
                        row.happenedAt(),
                        row.foundAt(),
                        row.correctedAt()))
                .toList();
    }
}
