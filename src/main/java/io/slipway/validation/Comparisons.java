package io.slipway.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.integration.metrics.Metrics;
import io.slipway.integration.metrics.MetricsRefused;
import io.slipway.integration.metrics.MetricsUnavailable;
import io.slipway.integration.metrics.Source;
import io.slipway.integration.metrics.Span;
import io.slipway.platform.data.Canonical;
import io.slipway.release.AuditTrail;
import io.slipway.release.Landscape;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.Role;
import io.slipway.release.StoredIds;
import io.slipway.validation.analysis.AnalysisSettings;
import io.slipway.validation.analysis.Judge;
import io.slipway.validation.analysis.Judge.Sample;
import io.slipway.validation.analysis.MetricRule;
import io.slipway.validation.analysis.MetricVerdict;
import io.slipway.validation.analysis.Verdict;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Compares what is measured since a release is live with a baseline, and says pass, degraded or inconclusive with every figure that led
 * to it. It only looks: what follows is drawn in the model, and hypercare asks here again before it begins.
 */
@Service
public class Comparisons {

    private static final Logger LOG = LoggerFactory.getLogger(Comparisons.class);
    private static final int WEEKS = 4;

    private final JdbcClient jdbc;
    private final AnalysisSettings settings;
    private final Metrics metrics;
    private final ValidationRepository validations;
    private final Landscape landscape;
    private final Permissions permissions;
    private final AuditTrail audit;
    private final Clock clock;

    Comparisons(
            JdbcClient jdbc,
            AnalysisSettings settings,
            Metrics metrics,
            ValidationRepository validations,
            Landscape landscape,
            Permissions permissions,
            AuditTrail audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.metrics = metrics;
        this.validations = validations;
        this.landscape = landscape;
        this.permissions = permissions;
        this.audit = audit;
        this.clock = clock;
    }

    /** What follows from a comparison. */
    public enum Answer {
        /** The release goes on. */
        PASS,
        /** A person decides. */
        ASK,
        /** The release is rejected. */
        REJECT
    }

    /**
     * A comparison as it is kept.
     *
     * @param baseline what was compared with, in words
     * @param decision what a person decided; null where nobody did
     */
    public record Comparison(
            long id,
            Instant comparedAt,
            Verdict verdict,
            String rulesDigest,
            String baseline,
            List<MetricVerdict> metrics,
            @Nullable Decision decision) {

        /** Copies the list. */
        public Comparison {
            metrics = List.copyOf(metrics);
        }
    }

    /** What a person decided. */
    public record Decision(boolean accepted, String reason, String person) {}

    /** Compares once and keeps the result; a system without rules is not compared, and passes. */
    @Transactional
    public Answer compare(Release release) {
        List<MetricRule> rules = settings.rulesOf(release.system());
        if (rules.isEmpty()) {
            return Answer.PASS;
        }
        Validation validation = watch(release);
        Found found = found(release, validation, rules);
        Verdict verdict = Judge.worst(found.metrics());
        jdbc.sql(
                        "insert into metric_comparison (release_id, validation_id, compared_at, verdict, rules_digest, baseline,"
                                + " content) values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        StoredIds.bytes(release),
                        validation.id(),
                        Timestamp.from(clock.instant()),
                        verdict.name(),
                        Canonical.digest(rules),
                        found.baseline(),
                        Canonical.json(
                                found.metrics().stream().map(Comparisons::kept).toList()))
                .update();
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "validation.compare",
                release.key(),
                Map.of(),
                Map.of("verdict", verdict.name(), "baseline", found.baseline())));
        return answer(verdict);
    }

    private Validation watch(Release release) {
        return validations
                .findFirstByReleaseIdOrderByIdDesc(release.id().value())
                .orElseThrow(() -> new Refused("Nobody watches " + release.key()
                        + " in production; please let the token go back to the step 'Open validation'."));
    }

    private Answer answer(Verdict verdict) {
        return switch (verdict) {
            case PASS -> Answer.PASS;
            case DEGRADED -> Answer.REJECT;
            case INCONCLUSIVE ->
                settings.onInconclusive() == AnalysisSettings.OnInconclusive.ASK ? Answer.ASK : Answer.PASS;
        };
    }

    private record Found(String baseline, List<MetricVerdict> metrics) {}

    private Found found(Release release, Validation validation, List<MetricRule> rules) {
        Source source = Source.of(
                release.system(), landscape.production(release.system()).key());
        Instant from = validation.openedAt();
        Instant to = clock.instant();
        Duration length = Duration.between(from, to);
        if (length.compareTo(settings.step()) < 0) {
            return new Found("Nothing yet.", unknown(rules, "The release is live for less than one step."));
        }
        Span after = new Span(from, to);
        if (settings.baseline() == AnalysisSettings.Baseline.SAME_HOURS) {
            List<List<MetricVerdict>> weeks = new ArrayList<>();
            for (int week = 1; week <= WEEKS; week++) {
                Duration back = Duration.ofDays(7L * week);
                Span before = new Span(from.minus(back), to.minus(back));
                if (rules.stream().anyMatch(rule -> measured(rule, source, before))) {
                    weeks.add(judged(rules, source, before, after));
                }
            }
            if (!weeks.isEmpty()) {
                return new Found("The same hours of " + weeks.size() + " earlier weeks.", againstEach(rules, weeks));
            }
        }
        return new Found(
                settings.baseline() == AnalysisSettings.Baseline.SAME_HOURS
                        ? "As long before the release was live; nothing was measured in earlier weeks."
                        : "As long before the release was live.",
                judged(rules, source, new Span(from.minus(length), from), after));
    }

    /** A metric is degraded when it is against every week; otherwise the most careful of the verdicts counts. */
    /** A source that does not answer has measured nothing that could be compared; what is judged then says so. */
    private boolean measured(MetricRule rule, Source source, Span span) {
        try {
            return values(rule, source, span).length > 0;
        } catch (MetricsRefused | MetricsUnavailable e) {
            return false;
        }
    }

    private static List<MetricVerdict> againstEach(List<MetricRule> rules, List<List<MetricVerdict>> weeks) {
        List<MetricVerdict> verdicts = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            int at = i;
            List<MetricVerdict> each = weeks.stream().map(week -> week.get(at)).toList();
            verdicts.add(each.stream()
                    .filter(verdict -> verdict.verdict() != Verdict.DEGRADED)
                    .max(java.util.Comparator.comparing(MetricVerdict::verdict))
                    .orElse(each.get(0)));
        }
        return verdicts;
    }

    private List<MetricVerdict> judged(List<MetricRule> rules, Source source, Span before, Span after) {
        try {
            return settings.judge()
                    .judge(rules.stream()
                            .map(rule -> new Sample(rule, values(rule, source, before), values(rule, source, after)))
                            .toList());
        } catch (MetricsRefused | MetricsUnavailable e) {
            // Told as what it is, an unanswered question: a retry is the next comparison, and nothing unknown passes as
            // known.
            LOG.warn("Metrics of {} could not be read", source.system(), e);
            return unknown(rules, "The metrics could not be read: " + e.getMessage());
        }
    }

    private double[] values(MetricRule rule, Source source, Span span) {
        return metrics.series(rule.metric(), source, span, settings.step()).values();
    }

    private static List<MetricVerdict> unknown(List<MetricRule> rules, String sentence) {
        return rules.stream()
                .map(rule -> MetricVerdict.inconclusive(rule.metric(), 0, 0, sentence))
                .toList();
    }

    private static Map<String, Object> kept(MetricVerdict verdict) {
        Map<String, Object> kept = new LinkedHashMap<>();
        kept.put("metric", verdict.metric());
        kept.put("verdict", verdict.verdict().name());
        kept.put("before", verdict.before());
        kept.put("after", verdict.after());
        kept.put("sentence", verdict.sentence());
        // As text: JSON has no way to say that there is no number.
        kept.put("medianBefore", Double.toString(verdict.medianBefore()));
        kept.put("medianAfter", Double.toString(verdict.medianAfter()));
        kept.put("pValue", Double.toString(verdict.pValue()));
        kept.put("shift", Double.toString(verdict.shift()));
        kept.put("shiftLow", Double.toString(verdict.shiftLow()));
        kept.put("shiftHigh", Double.toString(verdict.shiftHigh()));
        kept.put("superiority", Double.toString(verdict.superiority()));
        kept.put("material", Double.toString(verdict.material()));
        kept.put("detectable", Double.toString(verdict.detectable()));
        return kept;
    }

    private static MetricVerdict read(JsonNode kept) {
        return new MetricVerdict(
                kept.path("metric").asText(),
                Verdict.valueOf(kept.path("verdict").asText()),
                kept.path("before").asInt(),
                kept.path("after").asInt(),
                number(kept, "medianBefore"),
                number(kept, "medianAfter"),
                number(kept, "pValue"),
                number(kept, "shift"),
                number(kept, "shiftLow"),
                number(kept, "shiftHigh"),
                number(kept, "superiority"),
                number(kept, "material"),
                number(kept, "detectable"),
                kept.path("sentence").asText());
    }

    private static double number(JsonNode kept, String name) {
        return Double.parseDouble(kept.path(name).asText("NaN"));
    }

    /** The newest comparison of a release; empty while there is none. */
    @Transactional(readOnly = true)
    public Optional<Comparison> newest(Release release) {
        return jdbc.sql(
                        "select c.id, c.compared_at, c.verdict, c.rules_digest, c.baseline, c.content, d.accepted, d.reason,"
                                + " d.person_id from metric_comparison c left join comparison_decision d on d.comparison_id = c.id"
                                + " where c.release_id = ? order by c.id desc limit 1")
                .param(StoredIds.bytes(release))
                .query((row, number) -> {
                    List<MetricVerdict> verdicts = new ArrayList<>();
                    Canonical.read(row.getString(6)).forEach(kept -> verdicts.add(read(kept)));
                    return new Comparison(
                            row.getLong(1),
                            row.getTimestamp(2).toInstant(),
                            Verdict.valueOf(row.getString(3)),
                            row.getString(4),
                            row.getString(5),
                            verdicts,
                            row.getString(9) == null
                                    ? null
                                    : new Decision(row.getBoolean(7), row.getString(8), row.getString(9)));
                })
                .optional();
    }

    /**
     * Takes a person's decision where nothing could be said.
     *
     * @throws Refused when there is no inconclusive comparison without a decision
     */
    @Transactional
    public void decide(Release release, String person, boolean accepted, String reason) {
        permissions.require(release, person, Role.OPERATIONS);
        Comparison comparison = newest(release)
                .filter(kept -> kept.verdict() == Verdict.INCONCLUSIVE && kept.decision() == null)
                .orElseThrow(
                        () -> new Refused("No inconclusive comparison of " + release.key() + " waits for a decision."));
        try {
            jdbc.sql(
                            "insert into comparison_decision (comparison_id, release_id, accepted, reason, person_id, decided_at)"
                                    + " values (?, ?, ?, ?, ?, ?)")
                    .params(
                            comparison.id(),
                            StoredIds.bytes(release),
                            accepted,
                            reason,
                            person,
                            Timestamp.from(clock.instant()))
                    .update();
        } catch (DuplicateKeyException e) {
            throw new Refused("This comparison was decided on already.");
        }
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "validation.decideComparison",
                release.key(),
                Map.of(),
                Map.of("accepted", accepted, "person", person, "reason", reason)));
    }

    /**
     * Lets hypercare begin, whatever the process carries.
     *
     * @throws Refused when a comparison is missing, degraded, or waits for a person
     */
    @Transactional(readOnly = true)
    public void requireAccepted(Release release) {
        if (settings.rulesOf(release.system()).isEmpty()) {
            return;
        }
        long watched = watch(release).id();
        boolean ofThisWatch = jdbc.sql("select count(*) from metric_comparison where validation_id = ?")
                        .param(watched)
                        .query(Long.class)
                        .single()
                > 0;
        Optional<Comparison> newest = newest(release).filter(kept -> ofThisWatch);
        boolean accepted = newest.filter(kept -> answer(kept.verdict()) == Answer.PASS
                        || (kept.verdict() == Verdict.INCONCLUSIVE
                                && kept.decision() != null
                                && kept.decision().accepted()))
                .isPresent();
        if (!accepted) {
            throw new Refused("The metrics of " + release.key() + " "
                    + newest.map(kept -> "say '" + kept.verdict().label() + "'").orElse("were not compared")
                    + "; please let the token go back to the step 'Compare metrics'.");
        }
    }
}
