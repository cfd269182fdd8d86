package io.slipway.communication;

import io.slipway.platform.data.ListTotal;
import io.slipway.release.AuditTrail;
import io.slipway.release.Landscape;
import io.slipway.release.NotFound;
import io.slipway.release.NotPermitted;
import io.slipway.release.Notices;
import io.slipway.release.Permissions;
import io.slipway.release.Reader;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import io.slipway.release.StoredIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps what releases need of other teams. It holds when one person of each side confirmed it; silence, and a date that slips again
 * and again, go up the ladder.
 */
@Service
public class TeamDependencies {

    private static final Role[] SIDE = {Role.PRODUCT_OWNER, Role.DEVELOPER};
    private static final int SLIPS_TO_ESCALATE = 2;
    private static final String ROWS =
            "select d.*, r.release_key, r.system_key, n.release_key as needed_key from team_dependency d"
                    + " join slipway_release r on r.id = d.release_id left join slipway_release n on n.id = d.needed_release_id";

    private final JdbcClient jdbc;
    private final Releases releases;
    private final Landscape landscape;
    private final Permissions permissions;
    private final EscalationLadder ladder;
    private final NoticeBook notices;
    private final AuditTrail audit;
    private final CommunicationSettings settings;
    private final TransactionTemplate transaction;
    private final Clock clock;

    TeamDependencies(
            JdbcClient jdbc,
            Releases releases,
            Landscape landscape,
            Permissions permissions,
            EscalationLadder ladder,
            NoticeBook notices,
            AuditTrail audit,
            CommunicationSettings settings,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.releases = releases;
        this.landscape = landscape;
        this.permissions = permissions;
        this.ladder = ladder;
        this.notices = notices;
        this.audit = audit;
        this.settings = settings;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /**
     * Enters what a release needs of another team, and tells that team.
     *
     * @param neededRelease key of the release that brings it; may be missing
     * @throws Refused when an input is missing, the system is not managed or is the release's own
     */
    @Transactional
    public TeamDependency enter(
            Release release,
            String person,
            @Nullable String system,
            @Nullable String neededRelease,
            @Nullable String statement,
            @Nullable Instant neededAt) {
        permissions.require(release, person, Role.RELEASE_MANAGER, Role.PRODUCT_OWNER, Role.DEVELOPER);
        String what = Texts.required("statement", statement, 1000);
        String of = Texts.required("system", system, 64);
        if (of.equals(release.system())
                || landscape.systems().stream().noneMatch(known -> known.key().equals(of))) {
            throw new Refused("system", "'system' must be another managed system than that of the release.");
        }
        if (neededAt == null || !neededAt.isAfter(clock.instant())) {
            throw new Refused("neededAt", "'neededAt' must be a moment that is still to come.");
        }
        Optional<Release> other = Optional.empty();
        if (neededRelease != null && !neededRelease.isBlank()) {
            other = releases.find(neededRelease.strip())
                    .filter(found -> found.system().equals(of));
            if (other.isEmpty()) {
                throw new Refused("release", "'release' must be a release of " + of + ".");
            }
        }
        jdbc.sql(
                        "insert into team_dependency (release_id, needed_system, needed_release_id, statement, needed_at, entered_by,"
                                + " confirm_until, slips) values (?, ?, ?, ?, ?, ?, ?, 0)")
                .params(
                        StoredIds.bytes(release),
                        of,
                        other.map(Release::id).map(StoredIds::bytes).orElse(null),
                        what,
                        Columns.at(neededAt),
                        person,
                        Columns.at(clock.instant().plus(settings.confirmWithin())))
                .update();
        TeamDependency entered = of(release).stream().reduce((a, b) -> b).orElseThrow();
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "communication.enterDependency",
                "dependency " + entered.id(),
                Map.of(),
                Map.of("system", of, "statement", what, "neededAt", neededAt.toString())));
        notices.tell(new Notices.Notice(
                "dependency/" + entered.id() + "/entered",
                Optional.of(release.id()),
                "communication.dependencyEntered",
                new Notices.Audience(
                        Set.of(
                                Role.PRODUCT_OWNER.groupFor(of),
                                Role.PRODUCT_OWNER.groupFor(release.system()),
                                Role.RELEASE_MANAGER.group()),
                        Set.of()),
                release.key() + " needs something of " + of,
                List.of(what, "It counts when a person of each side has confirmed it."),
                List.of(
                        new Notices.Fact("Needed at", neededAt.toString()),
                        new Notices.Fact(
                                "Please confirm until", entered.confirmUntil().toString())),
                "/team-dependencies/" + entered.id()));
        return entered;
    }

    /**
     * Confirms it for the side that the person stands on; a person who stands on both counts for one.
     *
     * @throws NotPermitted when the person stands on neither side
     * @throws Refused when that side is confirmed by somebody else, or the same person confirmed the other side
     */
    @Transactional
    public void confirm(long id, String person) {
        TeamDependency dependency = get(id);
        Release release = releases.find(dependency.release()).orElseThrow();
        Reader reader = permissions.reader(person);
        boolean own = ownSide(dependency, reader);
        boolean other = otherSide(dependency, reader);
        if (!own && !other) {
            throw new NotPermitted("This is confirmed by product owners and developers of " + release.system() + " and "
                    + dependency.neededSystem() + ", and you do not have that role.");
        }
        if (dependency.ownConfirmedBy().filter(person::equals).isPresent()
                || dependency.otherConfirmedBy().filter(person::equals).isPresent()) {
            throw new Refused("You have confirmed it already; the other side is confirmed by another person.");
        }
        String side;
        if (own && dependency.ownConfirmedBy().isEmpty()) {
            side = "own";
        } else if (other && dependency.otherConfirmedBy().isEmpty()) {
            side = "other";
        } else {
            throw new Refused(
                    dependency.confirmed()
                            ? "Both sides have confirmed it already."
                            : "Your side has confirmed it already; the other side is confirmed by its own people.");
        }
        jdbc.sql("update team_dependency set " + side + "_confirmed_by = ?, " + side + "_confirmed_at = ? where id = ?")
                .params(person, Columns.at(clock.instant()), id)
                .update();
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "communication.confirmDependency",
                "dependency " + id,
                Map.of(),
                Map.of("side", side, "person", person)));
        if (get(id).confirmed()) {
            ladder.withdraw(release, question(dependency), "Both sides have confirmed it.");
        }
    }

    /** A release manager answers for the release, and never for those whom it needs. */
    private static boolean ownSide(TeamDependency dependency, Reader reader) {
        return reader.has(dependency.system(), SIDE) || reader.has(Role.RELEASE_MANAGER);
    }

    private static boolean otherSide(TeamDependency dependency, Reader reader) {
        return reader.has(dependency.neededSystem(), SIDE);
    }

    /** Whether the confirmation of this reader is missing. */
    public boolean awaits(TeamDependency dependency, Reader reader) {
        boolean confirmed = dependency
                        .ownConfirmedBy()
                        .filter(reader.person()::equals)
                        .isPresent()
                || dependency.otherConfirmedBy().filter(reader.person()::equals).isPresent();
        boolean ownIsOpen =
                ownSide(dependency, reader) && dependency.ownConfirmedBy().isEmpty();
        boolean otherIsOpen =
                otherSide(dependency, reader) && dependency.otherConfirmedBy().isEmpty();
        return !confirmed && (ownIsOpen || otherIsOpen);
    }

    /**
     * One of them, for whoever stands on one of its sides; the side of the other system need not know the release.
     *
     * @throws NotFound when there is none of this number, or the reader stands on neither side
     */
    @Transactional(readOnly = true)
    public TeamDependency get(long id, Reader reader) {
        return find(id).filter(found -> ownSide(found, reader) || otherSide(found, reader))
                .orElseThrow(() -> new NotFound("dependency", String.valueOf(id)));
    }

    /** What concerns the systems of a reader on either side, the newest first; all of it for release managers. */
    @Transactional(readOnly = true)
    public Page<TeamDependency> list(Reader reader, Pageable page) {
        List<Object> values = new ArrayList<>();
        String where = "";
        if (!reader.has(Role.RELEASE_MANAGER)) {
            List<String> systems = List.copyOf(reader.systems());
            if (systems.isEmpty()) {
                return Page.empty(page);
            }
            String marks = String.join(", ", Collections.nCopies(systems.size(), "?"));
            where = " where d.needed_system in (" + marks + ") or r.system_key in (" + marks + ")";
            values.addAll(systems);
            values.addAll(systems);
        }
        long total = jdbc.sql(ListTotal.sql(
                        "from team_dependency d join slipway_release r on r.id = d.release_id" + where, page))
                .params(values)
                .query(Long.class)
                .single();
        List<TeamDependency> rows = jdbc.sql(ROWS + where + " order by d.id desc limit " + page.getPageSize()
                        + " offset " + page.getOffset())
                .params(values)
                .query((row, index) -> dependency(row))
                .list();
        return new PageImpl<>(rows, page, total);
    }

    /** What a release needs and can count on neither by its sides nor by the word of the forum that was asked. */
    @Transactional(readOnly = true)
    public List<TeamDependency> open(Release release) {
        return of(release).stream()
                .filter(dependency -> dependency.release().equals(release.key()))
                .filter(dependency -> !dependency.confirmed()
                        && ladder.decided(release, question(dependency)).isEmpty())
                .toList();
    }

    /** A date that was moved is another question than the date before. */
    private static String question(TeamDependency dependency) {
        return "dependency/" + dependency.id() + (dependency.slips() == 0 ? "" : "/" + dependency.slips());
    }

    /**
     * Moves the date; both sides confirm again, and a date that is moved again and again goes up the ladder.
     *
     * @throws Refused when the new date is not later
     */
    @Transactional
    public void slip(long id, String person, @Nullable Instant neededAt, @Nullable String reason) {
        TeamDependency dependency = get(id);
        Release release = releases.find(dependency.release()).orElseThrow();
        boolean stands = permissions.reader(person).has(release.system(), SIDE)
                || permissions.reader(person).has(dependency.neededSystem(), SIDE)
                || permissions.has(person, Role.RELEASE_MANAGER);
        if (!stands) {
            throw new NotPermitted(
                    "The date is moved by whoever stands on one of its sides, and you do not have that role.");
        }
        String why = Texts.required("reason", reason, 2000);
        if (neededAt == null || !neededAt.isAfter(dependency.neededAt())) {
            throw new Refused("neededAt", "'neededAt' must be later than the date before.");
        }
        jdbc.sql(
                        "update team_dependency set needed_at = ?, slips = slips + 1, own_confirmed_by = null, own_confirmed_at = null,"
                                + " other_confirmed_by = null, other_confirmed_at = null, confirm_until = ?, escalated_at = null where id = ?")
                .params(Columns.at(neededAt), Columns.at(clock.instant().plus(settings.confirmWithin())), id)
                .update();
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "communication.slipDependency",
                "dependency " + id,
                Map.of("neededAt", dependency.neededAt().toString()),
                Map.of("neededAt", neededAt.toString(), "reason", why)));
        if (dependency.slips() + 1 >= SLIPS_TO_ESCALATE) {
            escalate(get(id), "Its date was moved " + (dependency.slips() + 1) + " times, last because: " + why);
        }
    }

    /** Takes what nobody answered in time up the ladder; each row is claimed, so that one node does it. */
    void sweep() {
        List<Long> silent = jdbc.sql(
                        "select id from team_dependency where escalated_at is null and confirm_until <= ?"
                                + " and (own_confirmed_at is null or other_confirmed_at is null) order by confirm_until limit 100")
                .param(Columns.at(clock.instant()))
                .query(Long.class)
                .list();
        for (long id : silent) {
            transaction.executeWithoutResult(status -> {
                int claimed = jdbc.sql(
                                "update team_dependency set escalated_at = ? where id = ? and escalated_at is null")
                        .params(Columns.at(clock.instant()), id)
                        .update();
                if (claimed > 0) {
                    TeamDependency dependency = get(id);
                    escalate(
                            dependency,
                            dependency.ownConfirmedBy().isEmpty()
                                    ? "The side of the release has not confirmed it."
                                    : "The side of " + dependency.neededSystem() + " has not confirmed it.");
                }
            });
        }
    }

    private void escalate(TeamDependency dependency, String why) {
        Release release = releases.find(dependency.release()).orElseThrow();
        if (release.state().ended()) {
            return;
        }
        ladder.raise(
                release,
                dependency.neededRelease().flatMap(releases::find),
                question(dependency),
                "Can " + release.key() + " count on " + dependency.neededSystem() + "?",
                List.of(dependency.statement(), "It is needed at " + dependency.neededAt() + ".", why));
    }

    /** What a release needs, and what is needed of it, in the order of entering; at most two hundred. */
    @Transactional(readOnly = true)
    public List<TeamDependency> of(Release release) {
        byte[] id = StoredIds.bytes(release);
        return jdbc.sql(ROWS + " where d.release_id = ? or d.needed_release_id = ? order by d.id limit 200")
                .params(id, id)
                .query((row, index) -> dependency(row))
                .list();
    }

    /**
     * One of them.
     *
     * @throws Refused when there is none of this number
     */
    @Transactional(readOnly = true)
    public TeamDependency get(long id) {
        return find(id).orElseThrow(
                        () -> new Refused("There is no dependency of this number; please look at the list again."));
    }

    private Optional<TeamDependency> find(long id) {
        return jdbc.sql(ROWS + " where d.id = ?")
                .param(id)
                .query((row, index) -> dependency(row))
                .optional();
    }

    private static TeamDependency dependency(ResultSet row) throws SQLException {
        return new TeamDependency(
                row.getLong("id"),
                row.getString("release_key"),
                row.getString("system_key"),
                row.getString("needed_system"),
                Optional.ofNullable(row.getString("needed_key")),
                row.getString("statement"),
                Columns.requireMoment(row, "needed_at"),
                Optional.ofNullable(row.getString("own_confirmed_by")),
                Optional.ofNullable(row.getString("other_confirmed_by")),
                Columns.requireMoment(row, "confirm_until"),
                Columns.moment(row, "escalated_at").isPresent(),
                row.getInt("slips"));
    }
}
