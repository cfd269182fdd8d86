package io.slipway.scope;

import io.slipway.integration.metrics.Counts;
import io.slipway.integration.metrics.Metrics;
import io.slipway.integration.metrics.MetricsRefused;
import io.slipway.integration.metrics.Source;
import io.slipway.integration.metrics.Span;
import io.slipway.platform.text.Beginning;
import io.slipway.release.AuditTrail;
import io.slipway.release.DefectCounts;
import io.slipway.release.Landscape;
import io.slipway.release.NotFound;
import io.slipway.release.Obligations;
import io.slipway.release.OneLine;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseState;
import io.slipway.release.ReleaseStateChanged;
import io.slipway.release.Role;
import io.slipway.release.SideProcesses;
import io.slipway.release.StoredIds;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps what a release promises to bring, until its approval locks it, and judges at fixed times after going live what came of it.
 * What is judged is added and never changed.
 */
@Service
public class SuccessMetrics {

    /** The process that evaluates. */
    public static final String PROCESS = "evaluate-metrics";

    private static final int MOST = 30;
    private static final Set<ReleaseState> OPEN = Set.of(
            ReleaseState.DRAFT,
            ReleaseState.PLANNED,
            ReleaseState.IN_BUILD,
            ReleaseState.IN_TEST,
            ReleaseState.AWAITING_APPROVAL);
    private static final Pattern KEY = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,9})?");

    private final JdbcClient jdbc;
    private final Metrics metrics;
    private final MetricSettings settings;
    private final Landscape landscape;
    private final SideProcesses processes;
    private final Permissions permissions;
    private final ObjectProvider<Obligations> obligations;
    private final ObjectProvider<DefectCounts> defects;
    private final AuditTrail audit;
    private final Clock clock;

    SuccessMetrics(
            JdbcClient jdbc,
            Metrics metrics,
            MetricSettings settings,
            Landscape landscape,
            SideProcesses processes,
            Permissions permissions,
            ObjectProvider<Obligations> obligations,
            ObjectProvider<DefectCounts> defects,
            AuditTrail audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.metrics = metrics;
        this.settings = settings;
        this.landscape = landscape;
        this.processes = processes;
        this.permissions = permissions;
        this.obligations = obligations;
        this.defects = defects;
        this.audit = audit;
        this.clock = clock;
    }

    /** Where a value comes from. */
    public enum Origin {
        /** Percent of the requests in production that were answered well since going live. */
        AVAILABILITY("Uptime after deployment: answered of all requests, in percent"),
        /** Percent of the requests in production that failed since going live. */
        ERROR_RATE("Failed of all requests, in percent"),
        /** Percent of the defects of the release that users found, by the links that people confirmed. */
        DEFECT_ESCAPE_RATE("Defect escape rate: found by users of all that were found, in percent"),
        /** Somebody reports it. */
        PERSON("A person reports it");

        private final String label;

        Origin(String label) {
            this.label = label;
        }

        /** The words that people read. */
        public String label() {
            return label;
        }
    }

    /** Which way is better. */
    public enum Direction {
        AT_LEAST,
        AT_MOST
    }

    /** What came of a promise. */
    public enum Verdict {
        MET,
        MISSED
    }

    /**
     * A promise.
     *
     * @param key short name, such as {@code uptime}
     * @param formula how it is measured
     * @param baseline what it was before
     * @param target what it is to be
     */
    public record Metric(
            String key,
            String name,
            String formula,
            BigDecimal baseline,
            BigDecimal target,
            Direction direction,
            Origin source) {}

    /** A verdict as it is kept. */
    public record Judged(
            String key,
            int evaluation,
            String measured,
            Verdict verdict,
            String sentence,
            @Nullable String person,
            Instant at) {}

    /**
     * When is evaluated next.
     *
     * @param evaluation its number, from 0
     * @param due when
     * @param done whether there is none any more
     */
    public record Plan(int evaluation, Instant due, boolean done) {}

    /** Begins to evaluate when the release goes live, and from the beginning when it does so again. */
    @EventListener
    @Transactional
    public void moved(ReleaseStateChanged moved) {
        Release release = moved.release();
        if (moved.before() != ReleaseState.DEPLOYING
                || release.state() != ReleaseState.VALIDATING
                || of(release).isEmpty()) {
            return;
        }
        processes.end(release.key(), PROCESS, "The release went live again.");
        processes.start(
                release,
                PROCESS,
                Map.of(
                        "metricsLiveSince",
                        Date.from(clock.instant().truncatedTo(java.time.temporal.ChronoUnit.MILLIS))));
    }

    /** Lets those pass who may promise something. */
    public void requireMay(Release release, String person) {
        permissions.require(release, person, Role.PRODUCT_OWNER, Role.RELEASE_MANAGER);
    }

    /**
     * Declares a promise, or another value for it.
     *
     * @throws Refused when the approval has locked the promises, or something is missing or out of its bounds
     */
    @Transactional
    public void declare(Release release, String person, Metric metric) {
        permissions.require(release, person, Role.PRODUCT_OWNER, Role.RELEASE_MANAGER);
        refuseLocked(release);
        if (!KEY.matcher(metric.key()).matches()) {
            throw new Refused("key", "'key' has 1 to 64 small letters, digits or dashes, such as uptime.");
        }
        text("name", metric.name(), 200);
        OneLine.require("name", metric.name());
        text("formula", metric.formula(), 500);
        List<Metric> before = of(release);
        if (before.size() >= MOST) {
            throw new Refused("key", "A release has at most " + MOST + " success metrics.");
        }
        remove(release, metric.key());
        jdbc.sql(
                        "insert into success_metric (release_id, metric_key, name, formula, baseline, target, direction, source, declared_by, declared_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        StoredIds.bytes(release),
                        metric.key(),
                        metric.name().strip(),
                        metric.formula().strip(),
                        metric.baseline().toPlainString(),
                        metric.target().toPlainString(),
                        metric.direction().name(),
                        metric.source().name(),
                        person,
                        Bytes.moment(clock.instant()))
                .update();
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "scope.declareMetric",
                metric.key(),
                before.stream()
                        .filter(old -> old.key().equals(metric.key()))
                        .findFirst()
                        .map(SuccessMetrics::facts)
                        .orElse(Map.of()),
                facts(metric)));
    }

    /**
     * Takes a promise back.
     *
     * @throws Refused when the approval has locked the promises
     */
    @Transactional
    public void withdraw(Release release, String person, String key) {
        permissions.require(release, person, Role.PRODUCT_OWNER, Role.RELEASE_MANAGER);
        refuseLocked(release);
        Metric metric = of(release).stream()
                .filter(one -> one.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new Refused("metric", "There is no success metric of this key."));
        remove(release, key);
        audit.record(AuditTrail.Entry.of(release.id(), "scope.withdrawMetric", key, facts(metric), Map.of()));
    }

    /** What is evaluated after the evaluation before, or first. */
    public Plan plan(Instant liveSince, Optional<Integer> before) {
        int next = before.map(number -> number + 1).orElse(0);
        return next < settings.evaluations().size()
                ? new Plan(next, liveSince.plus(settings.evaluations().get(next)), false)
                : new Plan(next, clock.instant(), true);
    }

    /**
     * Judges every metric whose source tells a value.
     *
     * @return keys of the metrics of which no source tells anything
     */
    @Transactional
    public List<String> read(Release release, Instant liveSince, int evaluation) {
        List<String> asked = new ArrayList<>();
        for (Metric metric : of(release)) {
            if (!judged(release, metric.key(), liveSince, evaluation)) {
                Optional<BigDecimal> value = measured(release, metric, liveSince);
                if (value.isPresent()) {
                    judge(release, metric, liveSince, evaluation, value.get(), null, "from " + metric.source());
                } else {
                    asked.add(metric.key());
                }
            }
        }
        return asked;
    }

    /**
     * Takes the value that a person reports.
     *
     * @throws Refused when it is no number or the evidence is missing
     */
    @Transactional
    public void report(
            Release release,
            String key,
            Instant liveSince,
            int evaluation,
            String person,
            String value,
            String evidence) {
        permissions.require(release, person, Role.PRODUCT_OWNER, Role.RELEASE_MANAGER);
        text("metricEvidence", evidence, 2000);
        judge(
                release,
                get(release, key),
                liveSince,
                evaluation,
                number("metricValue", value),
                person,
                evidence.strip());
    }

    /** What a release promises, by key. */
    @Transactional(readOnly = true)
    public List<Metric> of(Release release) {
        return jdbc.sql("select * from success_metric where release_id = ? order by metric_key")
                .param(StoredIds.bytes(release))
                .query((row, i) -> new Metric(
                        row.getString("metric_key"),
                        row.getString("name"),
                        row.getString("formula"),
                        new BigDecimal(row.getString("baseline")),
                        new BigDecimal(row.getString("target")),
                        Direction.valueOf(row.getString("direction")),
                        Origin.valueOf(row.getString("source"))))
                .list();
    }

    /** One promise. */
    @Transactional(readOnly = true)
    public Metric get(Release release, String key) {
        return of(release).stream()
                .filter(metric -> metric.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new NotFound("success metric", key));
    }

    /** What came of it, in the order in which it was judged; at most five hundred. */
    @Transactional(readOnly = true)
    public List<Judged> verdicts(Release release) {
        return jdbc.sql(
                        "select metric_key, evaluation, measured, verdict, sentence, person_id, judged_at from metric_verdict where release_id = ? order by id limit 500")
                .param(StoredIds.bytes(release))
                .query((row, i) -> new Judged(
                        row.getString(1),
                        row.getInt(2),
                        row.getString(3),
                        Verdict.valueOf(row.getString(4)),
                        row.getString(5),
                        row.getString(6),
                        row.getTimestamp(7).toInstant()))
                .list();
    }

    /** A number as people write it. */
    public static BigDecimal number(String field, String text) {
        if (!NUMBER.matcher(text.strip()).matches()) {
            throw new Refused(field, "'" + field + "' is a number with a point before decimals, such as 99.95.");
        }
        return new BigDecimal(text.strip());
    }

    private Optional<BigDecimal> measured(Release release, Metric metric, Instant liveSince) {
        if (metric.source() == Origin.DEFECT_ESCAPE_RATE) {
            return escapeRate(release);
        }
        if (metric.source() == Origin.PERSON || !clock.instant().isAfter(liveSince.plusSeconds(1))) {
            return Optional.empty();
        }
        Counts counts;
        try {
            counts = metrics.counts(
                    Source.of(
                            release.system(),
                            landscape.production(release.system()).key()),
                    new Span(liveSince, clock.instant()));
        } catch (MetricsRefused e) {
            return Optional.empty();
        }
        if (!counts.known() || counts.requests() == 0) {
            return Optional.empty();
        }
        BigDecimal failed = BigDecimal.valueOf(counts.errorRate() * 100).setScale(4, RoundingMode.HALF_UP);
        return Optional.of(
                metric.source() == Origin.ERROR_RATE
                        ? failed
                        : BigDecimal.valueOf(100).subtract(failed));
    }

    /** Found by users of all that were found; a release of which nobody found any defect has no such rate. */
    private Optional<BigDecimal> escapeRate(Release release) {
        Optional<Long> before = defects(release, DefectCounts.Found.BEFORE);
        Optional<Long> escaped = defects(release, DefectCounts.Found.BY_USERS);
        if (before.isEmpty() || escaped.isEmpty() || before.get() + escaped.get() == 0) {
            return Optional.empty();
        }
        return Optional.of(BigDecimal.valueOf(escaped.get() * 100)
                .divide(BigDecimal.valueOf(before.get() + escaped.get()), 2, RoundingMode.HALF_UP));
    }

    private Optional<Long> defects(Release release, DefectCounts.Found when) {
        return defects.stream()
                .filter(counts -> counts.found() == when)
                .findFirst()
                .flatMap(counts -> counts.count(release));
    }

    private void judge(
            Release release,
            Metric metric,
            Instant liveSince,
            int evaluation,
            BigDecimal value,
            @Nullable String person,
            String evidence) {
        int compared = value.compareTo(metric.target());
        Verdict verdict = (metric.direction() == Direction.AT_LEAST ? compared >= 0 : compared <= 0)
                ? Verdict.MET
                : Verdict.MISSED;
        String sentence = metric.name() + " is " + value.toPlainString() + ", " + after(evaluation)
                + " after going live; the target is "
                + (metric.direction() == Direction.AT_LEAST ? "at least " : "at most ")
                + metric.target().toPlainString() + ", the baseline "
                + metric.baseline().toPlainString() + " ("
                + evidence + ").";
        String kept = Beginning.marked(sentence, 2500);
        jdbc.sql(
                        "insert into metric_verdict (release_id, metric_key, went_live, evaluation, measured, verdict, sentence, person_id, judged_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(
                        StoredIds.bytes(release),
                        metric.key(),
                        Bytes.moment(liveSince),
                        evaluation,
                        value.toPlainString(),
                        verdict.name(),
                        kept,
                        person,
                        Bytes.moment(clock.instant())))
                .update();
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "scope.judgeMetric",
                metric.key(),
                Map.of(
                        "target",
                        metric.target().toPlainString(),
                        "baseline",
                        metric.baseline().toPlainString()),
                Map.of("value", value.toPlainString(), "verdict", verdict.name(), "evaluation", evaluation)));
        if (verdict == Verdict.MISSED) {
            obligations.ifAvailable(book -> book.open(Obligations.NewObligation.of(
                    release,
                    "metric/" + metric.key() + "/" + liveSince.toEpochMilli() + "/" + evaluation,
                    Obligations.Kind.METRIC,
                    "Say what is done about it: " + Beginning.marked(kept, 1900),
                    Role.PRODUCT_OWNER,
                    clock.instant().plus(settings.remedy()),
                    false)));
        }
    }

    private String after(int evaluation) {
        Duration after = settings.evaluations()
                .get(Math.min(evaluation, settings.evaluations().size() - 1));
        return after.toHours() >= 1 ? after.toHours() + " hours" : after.toSeconds() + " seconds";
    }

    private boolean judged(Release release, String key, Instant liveSince, int evaluation) {
        return jdbc.sql(
                                "select count(*) from metric_verdict where release_id = ? and metric_key = ? and went_live = ? and evaluation = ?")
                        .params(StoredIds.bytes(release), key, Bytes.moment(liveSince), evaluation)
                        .query(Long.class)
                        .single()
                > 0;
    }

    private void remove(Release release, String key) {
        jdbc.sql("delete from success_metric where release_id = ? and metric_key = ?")
                .params(StoredIds.bytes(release), key)
                .update();
    }

    /** Whether no approval has locked the promises yet. */
    public static boolean changeable(Release release) {
        return OPEN.contains(release.state());
    }

    private static void refuseLocked(Release release) {
        if (!changeable(release)) {
            throw new Refused("The success metrics of " + release.key()
                    + " were locked by its approval; please ask for a change of content first.");
        }
    }

    private static void text(String field, String value, int longest) {
        if (value.isBlank() || value.length() > longest) {
            throw new Refused(field, "Please give '" + field + "' in 1 to " + longest + " characters.");
        }
    }

    /** What an approval signs of a metric. */
    static Map<String, Object> facts(Metric metric) {
        return Map.of(
                "key", metric.key(),
                "name", metric.name(),
                "formula", metric.formula(),
                "baseline", metric.baseline().toPlainString(),
                "target", metric.target().toPlainString(),
                "direction", metric.direction().name(),
                "source", metric.source().name());
    }
}
