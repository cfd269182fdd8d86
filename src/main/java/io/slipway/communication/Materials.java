package io.slipway.communication;

import io.slipway.communication.process.PrepareMaterialProcess;
import io.slipway.release.AuditTrail;
import io.slipway.release.Notices;
import io.slipway.release.Obligations;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseId;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import io.slipway.release.SideProcesses;
import io.slipway.release.StoredIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Plans what users read or learn before something new is in front of them. One person writes it, another one accepts it, and it is
 * published at its time; until then somebody owes it.
 */
@Service
public class Materials {

    private static final Role[] PLANNERS = {Role.RELEASE_MANAGER, Role.PRODUCT_OWNER};
    private static final Duration USUAL = Duration.ofDays(2);
    private static final int MOST = 100;

    private final JdbcClient jdbc;
    private final SideProcesses sides;
    private final Releases releases;
    private final Obligations obligations;
    private final NoticeBook notices;
    private final Permissions permissions;
    private final AuditTrail audit;
    private final CommunicationSettings settings;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Materials(
            JdbcClient jdbc,
            SideProcesses sides,
            Releases releases,
            Obligations obligations,
            NoticeBook notices,
            Permissions permissions,
            AuditTrail audit,
            CommunicationSettings settings,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.sides = sides;
        this.releases = releases;
        this.obligations = obligations;
        this.notices = notices;
        this.permissions = permissions;
        this.audit = audit;
        this.settings = settings;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** What a reviewer says. */
    public enum Verdict {
        ACCEPT,
        RETURN
    }

    /** Audiences that material can be for, by name. */
    public Map<String, String> audiences() {
        Map<String, String> labels = new LinkedHashMap<>();
        settings.audiences().forEach((name, audience) -> labels.put(name, audience.label()));
        return labels;
    }

    /**
     * Plans material; from then on it is owed, and somebody is asked to write it.
     *
     * @throws Refused when an input is missing, or production is changed already
     */
    @Transactional
    public Material plan(
            Release release, String person, @Nullable String kind, @Nullable String audience, @Nullable String item) {
        permissions.require(release, person, PLANNERS);
        Material.Kind what = Arrays.stream(Material.Kind.values())
                .filter(known -> known.name().equals(kind))
                .findFirst()
                .orElseThrow(() -> new Refused("kind", "'kind' must be TRAINING or ANNOUNCEMENT."));
        String whom = audience == null ? "" : audience;
        if (!settings.audiences().containsKey(whom)) {
            throw new Refused(
                    "audience",
                    "'audience' must be one of "
                            + String.join(", ", settings.audiences().keySet()) + ".");
        }
        String about = Texts.name("item", item, 200);
        if (release.state().ended() || release.state().touchesProduction()) {
            throw new Refused("Users see " + release.key() + " already; material for it comes before that.");
        }
        if (of(release).size() >= MOST) {
            throw new Refused("item", "A release has at most " + MOST + " materials.");
        }
        jdbc.sql(
                        "insert into material (release_id, kind, audience, item, state, planned_by, planned_at) values (?, ?, ?, ?, 'PLANNED', ?, ?)")
                .params(StoredIds.bytes(release), what.name(), whom, about, person, Columns.at(clock.instant()))
                .update();
        Material planned = of(release).stream().reduce((a, b) -> b).orElseThrow();
        obligations.open(Obligations.NewObligation.of(
                release,
                "material/" + planned.id(),
                Obligations.Kind.MATERIAL,
                what.label() + " on " + about + " for " + planned.audienceLabel()
                        + " is written, reviewed and scheduled.",
                Role.PRODUCT_OWNER,
                due(release),
                false));
        sides.start(
                release,
                PrepareMaterialProcess.KEY,
                Map.of(PrepareMaterialProcess.MATERIAL_ID.name(), String.valueOf(planned.id())));
        record(release, "communication.planMaterial", planned.id(), Map.of("kind", what.name(), "item", about));
        return planned;
    }

    /** Before users see it; within the window while it lasts. */
    private Instant due(Release release) {
        Instant now = clock.instant();
        return release.windowStart()
                .filter(now::isBefore)
                .or(() -> release.windowEnd().filter(now::isBefore))
                .orElse(now.plus(USUAL));
    }

    /**
     * Takes what somebody wrote.
     *
     * @throws Refused when it would be published in the past, or not before the window opens
     */
    @Transactional
    public void write(Release release, long id, String person, String title, String text, Instant publishAt) {
        checkTime(release, publishAt);
        jdbc.sql("update material set state = 'WRITTEN', title = ?, body = ?, publish_at = ?, author = ? where id = ?")
                .params(title, text, Columns.at(publishAt), person, id)
                .update();
        record(release, "communication.writeMaterial", id, Map.of("title", title, "publishAt", publishAt.toString()));
    }

    private void checkTime(Release release, Instant publishAt) {
        if (publishAt.isBefore(clock.instant().minusSeconds(60))) {
            throw new Refused("publishAt", "'publishAt' must be a moment that is still to come.");
        }
        boolean open = release.windowStart()
                .filter(start -> !start.isAfter(clock.instant()))
                .isPresent();
        if (late(release, open ? publishAt.minusSeconds(60) : publishAt.plusNanos(1))) {
            throw new Refused(
                    "publishAt",
                    "'publishAt' must be before the window opens, because users see it from then on; within the window it"
                            + " must be at once.");
        }
    }

    /** Whether users see the release before this moment, which is from its window on, and not before now. */
    private boolean late(Release release, Instant publishAt) {
        Instant now = clock.instant();
        return release.windowStart()
                .map(start -> start.isAfter(now) ? start : now)
                .filter(publishAt::isAfter)
                .isPresent();
    }

    /** Whether it reaches its audience by itself, and before users see what it is about. */
    boolean inTime(Release release, Material material) {
        return material.state().ready()
                && material.publishAt().filter(at -> !late(release, at)).isPresent();
    }

    /**
     * Takes what a second person says of it.
     *
     * @throws Refused when the person wrote it, or sends it back without a reason
     */
    @Transactional
    public void review(Release release, long id, String person, Verdict verdict, String reason) {
        Material material = get(id);
        if (material.author().filter(person::equals).isPresent()) {
            throw new Refused("Whoever wrote the material does not review it; please leave this to a colleague.");
        }
        if (verdict == Verdict.RETURN && reason.isBlank()) {
            throw new Refused("materialReason", "Please say in 'materialReason' what has to be written otherwise.");
        }
        jdbc.sql("update material set state = ?, reviewer = ?, return_reason = ? where id = ?")
                .params(
                        verdict == Verdict.ACCEPT ? "ACCEPTED" : "RETURNED",
                        person,
                        verdict == Verdict.ACCEPT ? null : reason,
                        id)
                .update();
        record(release, "communication.reviewMaterial", id, Map.of("verdict", verdict.name(), "person", person));
    }

    /**
     * Schedules what was accepted and fulfils what was owed; a second time changes nothing.
     *
     * @throws Refused when nobody accepted it
     */
    @Transactional
    public void schedule(Release release, long id) {
        Material material = get(id);
        if (material.state().ready()) {
            return;
        }
        if (material.state() != Material.State.ACCEPTED) {
            throw new Refused("The material " + id + " is not accepted; please let the token go back to its review.");
        }
        jdbc.sql("update material set state = 'SCHEDULED' where id = ?")
                .param(id)
                .update();
        obligations.fulfil(
                release.key() + "/material/" + id,
                material.reviewer().orElseThrow(),
                "It is scheduled for " + material.publishAt().orElseThrow() + ".");
        record(release, "communication.scheduleMaterial", id, Map.of("state", "SCHEDULED"));
    }

    /** Publishes what is due; each is claimed, so that one node does it. */
    void sweep() {
        List<Long> due = jdbc.sql(
                        "select id from material where state = 'SCHEDULED' and publish_at <= ? order by publish_at limit 100")
                .param(Columns.at(clock.instant()))
                .query(Long.class)
                .list();
        due.forEach(id -> transaction.executeWithoutResult(status -> publish(id)));
    }

    private void publish(long id) {
        int claimed = jdbc.sql("update material set state = 'PUBLISHED' where id = ? and state = 'SCHEDULED'")
                .param(id)
                .update();
        if (claimed == 0) {
            return;
        }
        Material material = get(id);
        ReleaseId of = jdbc.sql("select release_id from material where id = ?")
                .param(id)
                .query(byte[].class)
                .optional()
                .flatMap(StoredIds::releaseIdIf)
                .orElseThrow();
        Release release = releases.get(of);
        Set<Role> roles = settings.audience(material.audience()).roles().stream()
                .map(role -> Role.ofGroup(role).orElseThrow())
                .collect(Collectors.toUnmodifiableSet());
        notices.tell(new Notices.Notice(
                release.key() + "/material/" + id,
                Optional.of(of),
                "communication.material",
                Notices.Audience.roles(release, roles),
                material.kind().label() + ": " + material.title().orElse(material.item()),
                List.of(material.text().orElse("")),
                List.of(new Notices.Fact("About", material.item())),
                "/releases/" + release.key()));
    }

    private void record(Release release, String action, long id, Map<String, ?> after) {
        audit.record(AuditTrail.Entry.of(release.id(), action, "material " + id, Map.of(), after));
    }

    /** All of a release, in the order of planning. */
    @Transactional(readOnly = true)
    public List<Material> of(Release release) {
        return jdbc.sql("select * from material where release_id = ? order by id limit 200")
                .param(StoredIds.bytes(release))
                .query((row, index) -> material(row))
                .list();
    }

    /**
     * One material.
     *
     * @throws Refused when there is none
     */
    @Transactional(readOnly = true)
    public Material get(long id) {
        return jdbc.sql("select * from material where id = ?")
                .param(id)
                .query((row, index) -> material(row))
                .optional()
                .orElseThrow(() ->
                        new Refused("There is no material of this number; please restore the variable 'materialId'."));
    }

    private Material material(ResultSet row) throws SQLException {
        String audience = row.getString("audience");
        CommunicationSettings.AudienceSettings known = settings.audiences().get(audience);
        return new Material(
                row.getLong("id"),
                Material.Kind.valueOf(row.getString("kind")),
                audience,
                known == null ? audience : known.label(),
                row.getString("item"),
                Material.State.valueOf(row.getString("state")),
                Optional.ofNullable(row.getString("title")),
                Optional.ofNullable(row.getString("body")),
                Columns.moment(row, "publish_at"),
                Optional.ofNullable(row.getString("author")),
                Optional.ofNullable(row.getString("reviewer")),
                Optional.ofNullable(row.getString("return_reason")));
    }
}
