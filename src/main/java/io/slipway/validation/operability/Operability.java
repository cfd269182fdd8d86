package io.slipway.validation.operability;

import io.slipway.platform.data.Canonical;
import io.slipway.platform.process.ModelKind;
import io.slipway.platform.process.ModelVersions;
import io.slipway.platform.process.PinnedDecisions;
import io.slipway.platform.text.Beginning;
import io.slipway.release.AuditTrail;
import io.slipway.release.ChangeFact;
import io.slipway.release.Landscape;
import io.slipway.release.LiveSystems;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseState;
import io.slipway.release.ReleaseStateChanged;
import io.slipway.release.Role;
import io.slipway.release.ScopeFacts;
import io.slipway.release.StoredIds;
import io.slipway.validation.FollowUps;
import io.slipway.validation.JourneyBaselines;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Derives, as soon as a release has proved itself in production, what has to be brought up to date because of what it changes, by the
 * decision that the release pinned; each update is attested with evidence by a person of its role before the release is closed.
 */
@Service
public class Operability {

    /** The model in which updates are attested. */
    public static final String PROCESS = "attest-updates";

    private static final String DECISION = "required-updates";
    private static final String MIGRATION = "dataMigration";
    private static final List<String> CONTRIBUTED =
            List.of("configurationChanged", "dependencyChanged", "componentAdded");

    private final JdbcClient jdbc;
    private final PinnedDecisions decisions;
    private final ModelVersions models;
    private final ObjectProvider<ScopeFacts> scopes;
    private final ObjectProvider<ChangeFact> changes;
    private final JourneyBaselines baselines;
    private final FollowUps followUps;
    private final LiveSystems live;
    private final Landscape landscape;
    private final Permissions permissions;
    private final AuditTrail audit;
    private final Clock clock;

    Operability(
            JdbcClient jdbc,
            PinnedDecisions decisions,
            ModelVersions models,
            ObjectProvider<ScopeFacts> scopes,
            ObjectProvider<ChangeFact> changes,
            JourneyBaselines baselines,
            FollowUps followUps,
            @Lazy LiveSystems live,
            Landscape landscape,
            Permissions permissions,
            AuditTrail audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.decisions = decisions;
        this.models = models;
        this.scopes = scopes;
        this.changes = changes;
        this.baselines = baselines;
        this.followUps = followUps;
        this.live = live;
        this.landscape = landscape;
        this.permissions = permissions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * An update that is required.
     *
     * @param reason what made it required
     * @param evidence what shows that it is done; null while nobody attested it
     */
    public record Required(
            long id,
            UpdateKind kind,
            String reason,
            @Nullable String evidence,
            @Nullable String person,
            @Nullable Instant attestedAt) {

        /** Whether nobody attested it. */
        public boolean open() {
            return evidence == null;
        }
    }

    /** Derives what is required when hypercare begins; derived before, it stays. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void follow(ReleaseStateChanged changed) {
        if (changed.release().state() == ReleaseState.HYPERCARE && !derived(changed.release())) {
            derive(changed.release());
        }
    }

    private void derive(Release release) {
        Map<String, ChangeFact.Told> told = facts(release);
        boolean decided =
                models.pinned(release.key(), ModelKind.DECISION, DECISION).isPresent();
        TreeSet<UpdateKind> kinds = new TreeSet<>();
        int table = 0;
        if (decided) {
            Map<String, Object> facts = new LinkedHashMap<>();
            told.forEach((name, fact) -> facts.put(name, fact.holds()));
            PinnedDecisions.Answer answer = decisions.evaluate(release.key(), DECISION, facts);
            answer.texts().forEach(name -> kinds.add(UpdateKind.of(name)));
            table = answer.version();
        }
        jdbc.sql(
                        "insert into operability_derivation (release_id, facts, decision_table, derived_at) values (?, ?, ?, ?)")
                .params(StoredIds.bytes(release), Canonical.json(told), table, Timestamp.from(clock.instant()))
                .update();
        kinds.forEach(kind -> jdbc.sql("insert into required_update (release_id, kind, reason) values (?, ?, ?)")
                .params(StoredIds.bytes(release), kind.name(), shortened(reason(release, kind, told)))
                .update());
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "operability.derive",
                release.key(),
                Map.of(),
                Map.of(
                        "required",
                        kinds.stream().map(Enum::name).collect(Collectors.joining(" ")),
                        "decision",
                        DECISION + ":" + table)));
        if (!kinds.isEmpty()) {
            followUps.start(release, PROCESS, Map.of());
        }
    }

    /** What made an update required: each fact that would require it alone. */
    private String reason(Release release, UpdateKind kind, Map<String, ChangeFact.Told> told) {
        List<ChangeFact.Told> holding =
                told.values().stream().filter(ChangeFact.Told::holds).toList();
        List<ChangeFact.Told> own = told.entrySet().stream()
                .filter(fact -> fact.getValue().holds())
                .filter(fact -> {
                    Map<String, Object> alone = new LinkedHashMap<>();
                    told.keySet().forEach(name -> alone.put(name, name.equals(fact.getKey())));
                    return decisions
                            .evaluate(release.key(), DECISION, alone)
                            .texts()
                            .contains(kind.name());
                })
                .map(Map.Entry::getValue)
                .toList();
        return (own.isEmpty() ? holding : own)
                .stream().map(ChangeFact.Told::evidence).collect(Collectors.joining(" "));
    }

    private static String shortened(String text) {
        return Beginning.marked(text, 1_000);
    }

    private Map<String, ChangeFact.Told> facts(Release release) {
        Map<String, ChangeFact.Told> told = new LinkedHashMap<>();
        boolean served = baselines
                .newest(release)
                .filter(run -> !run.liveVersion().isEmpty())
                .isPresent();
        told.put(
                "newSystem",
                new ChangeFact.Told(
                        !served,
                        served
                                ? "Production served a version before."
                                : "Nothing served the users before this release."));
        Optional<Boolean> migrates = scopes.stream().findFirst().flatMap(scope -> scope.migratesData(release));
        told.put(
                MIGRATION,
                with(
                        contributed(release, MIGRATION),
                        new ChangeFact.Told(
                                migrates.orElse(true),
                                migrates.map(yes -> yes
                                                ? "The scope changes stored data."
                                                : "The scope changes no stored data.")
                                        .orElse("The scope does not tell whether stored data changes."))));
        for (String name : CONTRIBUTED) {
            told.put(
                    name,
                    contributed(release, name).stream()
                            .reduce(Operability::both)
                            .orElse(new ChangeFact.Told(false, "No part tells of it.")));
        }
        return told;
    }

    private List<ChangeFact.Told> contributed(Release release, String name) {
        return changes.orderedStream()
                .filter(change -> change.name().equals(name))
                .map(change -> change.of(release))
                .toList();
    }

    private static ChangeFact.Told with(List<ChangeFact.Told> contributed, ChangeFact.Told own) {
        return contributed.stream().reduce(own, Operability::both);
    }

    /** It is so when one says so; then what that one looked at is the evidence. */
    private static ChangeFact.Told both(ChangeFact.Told one, ChangeFact.Told other) {
        if (one.holds() != other.holds()) {
            return one.holds() ? one : other;
        }
        return new ChangeFact.Told(one.holds(), one.evidence() + " " + other.evidence());
    }

    /** Whether it was derived what is required. */
    @Transactional(readOnly = true)
    public boolean derived(Release release) {
        return jdbc.sql("select count(*) from operability_derivation where release_id = ?")
                        .param(StoredIds.bytes(release))
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** What is required, in the order runbook, monitoring, backup. */
    @Transactional(readOnly = true)
    public List<Required> required(Release release) {
        return jdbc.sql("select u.id, u.kind, u.reason, a.evidence, a.person_id, a.attested_at from required_update u"
                        + " left join update_attestation a on a.update_id = u.id where u.release_id = ? order by u.id")
                .param(StoredIds.bytes(release))
                .query((row, number) -> new Required(
                        row.getLong(1),
                        UpdateKind.of(row.getString(2)),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getTimestamp(6) == null ? null : row.getTimestamp(6).toInstant()))
                .list();
    }

    /** Whether production runs another version, because a release was taken back or followed by another: nothing has to follow it then. */
    @Transactional(readOnly = true)
    public boolean isOver(Release release) {
        return live.of(release.system(), landscape.production(release.system()).key())
                .map(serving -> !serving.version().equals(release.version()))
                .orElse(release.state() == ReleaseState.ROLLING_BACK);
    }

    /** Whether a person could attest an update. */
    public boolean mayAttest(Release release, Required update, String person) {
        return update.open()
                && permissions
                        .reader(person)
                        .has(release.system(), update.kind().role());
    }

    /**
     * Attests that an update is done.
     *
     * @param evidence a link or a sentence that shows it
     * @throws Refused when the release requires no such update, it was attested before, or the evidence is missing
     */
    @Transactional
    public void attest(Release release, String person, String kind, String evidence) {
        permissions.requireRead(release, person);
        Optional<UpdateKind> known = java.util.Arrays.stream(UpdateKind.values())
                .filter(value -> value.name().equalsIgnoreCase(kind))
                .findFirst();
        // The role first: whoever has none of them learns nothing of what is required.
        permissions.require(
                release,
                person,
                known.map(UpdateKind::role).map(role -> new Role[] {role}).orElse(new Role[] {Role.OPERATIONS, Role.DBA
                }));
        Required update = required(release).stream()
                .filter(required -> known.filter(required.kind()::equals).isPresent())
                .findFirst()
                .orElseThrow(() -> new Refused(
                        "kind", "This release requires no update '" + kind + "'; please choose one that it requires."));
        String kept = evidence.strip();
        if (kept.isEmpty() || kept.length() > 2_000) {
            throw new Refused("evidence", "Please give a link or a sentence of at most 2000 characters that shows it.");
        }
        try {
            jdbc.sql("insert into update_attestation (update_id, release_id, evidence, person_id, attested_at)"
                            + " values (?, ?, ?, ?, ?)")
                    .params(update.id(), StoredIds.bytes(release), kept, person, Timestamp.from(clock.instant()))
                    .update();
        } catch (DuplicateKeyException e) {
            throw new Refused("The update '" + update.kind().label() + "' was attested before.");
        }
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "operability.attest",
                update.kind().name(),
                Map.of(),
                Map.of("person", person, "evidence", kept)));
    }

    /**
     * Lets the task end.
     *
     * @throws Refused while an update is open
     */
    @Transactional
    public void finish(Release release, String person, String note) {
        permissions.require(release, person, Role.OPERATIONS, Role.DBA);
        List<Required> open = required(release).stream().filter(Required::open).toList();
        if (!open.isEmpty() && !isOver(release)) {
            throw new Refused("Please attest first on the page of the operability: "
                    + open.stream().map(update -> update.kind().label()).collect(Collectors.joining(", ")) + ".");
        }
        audit.record(
                AuditTrail.Entry.of(release.id(), "operability.finish", release.key(), Map.of(), Map.of("note", note)));
    }
}
