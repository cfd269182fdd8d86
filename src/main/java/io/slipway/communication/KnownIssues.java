package io.slipway.communication;

import io.slipway.release.AuditTrail;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.Role;
import io.slipway.release.StoredIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the known issues of releases with their workarounds; what is sent of a release tells them. */
@Service
public class KnownIssues {

    private static final Role[] KEEPERS = {
        Role.RELEASE_MANAGER, Role.PRODUCT_OWNER, Role.DEVELOPER, Role.QA, Role.SERVICE_DESK
    };
    private static final int MOST = 200;

    private final JdbcClient jdbc;
    private final Permissions permissions;
    private final AuditTrail audit;
    private final Clock clock;

    KnownIssues(JdbcClient jdbc, Permissions permissions, AuditTrail audit, Clock clock) {
        this.jdbc = jdbc;
        this.permissions = permissions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Enters an issue.
     *
     * @throws Refused when a text is missing or too long, there are too many, or the release has ended
     */
    @Transactional
    public KnownIssue enter(
            Release release,
            String person,
            @Nullable String title,
            @Nullable String effect,
            @Nullable String workaround) {
        permissions.require(release, person, KEEPERS);
        refuseEnded(release);
        String name = Texts.name("title", title, 200);
        String what = Texts.required("effect", effect, 2000);
        String way = Texts.required("workaround", workaround, 2000);
        if (of(release).size() >= MOST) {
            throw new Refused("title", "A release has at most " + MOST + " known issues; please resolve some first.");
        }
        jdbc.sql(
                        "insert into known_issue (release_id, title, effect, workaround, entered_by, entered_at) values (?, ?, ?, ?, ?, ?)")
                .params(StoredIds.bytes(release), name, what, way, person, Columns.at(clock.instant()))
                .update();
        KnownIssue entered = of(release).stream().reduce((a, b) -> b).orElseThrow();
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "communication.enterIssue",
                "issue " + entered.id(),
                Map.of(),
                Map.of("title", name, "effect", what, "workaround", way)));
        return entered;
    }

    /**
     * Says that an issue is gone; a second time changes nothing.
     *
     * @throws Refused when the release has none with this number, or has ended
     */
    @Transactional
    public void resolve(Release release, String person, long id) {
        permissions.require(release, person, KEEPERS);
        refuseEnded(release);
        if (of(release).stream().noneMatch(issue -> issue.id() == id)) {
            throw new Refused("There is no known issue of this number here; please look at the list again.");
        }
        int changed = jdbc.sql(
                        "update known_issue set resolved_at = ?, resolved_by = ? where id = ? and release_id = ? and resolved_at is null")
                .params(Columns.at(clock.instant()), person, id, StoredIds.bytes(release))
                .update();
        if (changed > 0) {
            audit.record(AuditTrail.Entry.of(
                    release.id(),
                    "communication.resolveIssue",
                    "issue " + id,
                    Map.of("open", true),
                    Map.of("open", false)));
        }
    }

    /** What was known at the end stands beside the signature. */
    private static void refuseEnded(Release release) {
        if (release.state().ended()) {
            throw new Refused(release.key() + " has ended, and its known issues stay as they were; please enter it on a"
                    + " release that goes on.");
        }
    }

    /** All of a release, in the order of entering. */
    @Transactional(readOnly = true)
    public List<KnownIssue> of(Release release) {
        return jdbc.sql("select * from known_issue where release_id = ? order by id limit 1000")
                .param(StoredIds.bytes(release))
                .query((row, index) -> issue(row))
                .list();
    }

    private static KnownIssue issue(ResultSet row) throws SQLException {
        return new KnownIssue(
                row.getLong("id"),
                row.getString("title"),
                row.getString("effect"),
                row.getString("workaround"),
                row.getString("entered_by"),
                Columns.requireMoment(row, "entered_at"),
                Columns.moment(row, "resolved_at"));
    }
}
