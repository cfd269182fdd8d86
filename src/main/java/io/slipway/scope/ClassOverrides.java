package io.slipway.scope;

import io.slipway.release.AuditTrail;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import io.slipway.release.ReleaseState;
import io.slipway.release.Role;
import io.slipway.release.StoredIds;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Gives a release another class than the table does: more care at once, less care only when a second person confirms it. It counts for
 * the round of the scope in which it was asked for; content that changes is classified by the table again.
 */
@Service
public class ClassOverrides {

    private static final Set<ReleaseState> EARLY =
            Set.of(ReleaseState.DRAFT, ReleaseState.PLANNED, ReleaseState.IN_BUILD, ReleaseState.IN_TEST);

    private final JdbcClient jdbc;
    private final Scopes scopes;
    private final Permissions permissions;
    private final AuditTrail audit;
    private final Clock clock;

    ClassOverrides(JdbcClient jdbc, Scopes scopes, Permissions permissions, AuditTrail audit, Clock clock) {
        this.jdbc = jdbc;
        this.scopes = scopes;
        this.permissions = permissions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Another class that was asked for.
     *
     * @param number which time in its round of the scope, from 1
     * @param confirmedBy null while it does not count
     */
    public record Reclassification(
            int round,
            int number,
            ReleaseClass before,
            ReleaseClass after,
            String reason,
            String askedBy,
            Instant askedAt,
            @Nullable String confirmedBy,
            @Nullable Instant confirmedAt) {}

    /**
     * Asks for another class, as often as people learn more; from minor to major it counts at once.
     *
     * @throws Refused when the scope is not classified, the release is approved or an emergency, the reason is missing, or
     *     less care was asked for and is not confirmed yet
     */
    @Transactional
    public void ask(Release release, String person, ReleaseClass wanted, String reason) {
        permissions.require(release, person, Role.RELEASE_MANAGER);
        if (reason.isBlank() || reason.length() > 2000) {
            throw new Refused("reason", "Please say in 1 to 2000 characters why ('reason').");
        }
        ScopeRound round = open(release);
        ReleaseClass given = round.releaseClass()
                .orElseThrow(() -> new Refused(release.key() + " has no class yet; its scope is frozen first."));
        if (given == wanted || given == ReleaseClass.EMERGENCY || wanted == ReleaseClass.EMERGENCY) {
            throw new Refused(
                    "class",
                    "A release becomes major or minor by this; it is "
                            + given.label().toLowerCase(java.util.Locale.ROOT)
                            + " now, and an emergency is requested as one.");
        }
        Optional<Reclassification> before = last(release, round);
        if (before.filter(asked -> asked.confirmedBy() == null).isPresent()) {
            throw new Refused("class", "This class was asked for already; a second person confirms it.");
        }
        boolean upward = wanted == ReleaseClass.MAJOR;
        int number = before.map(Reclassification::number).orElse(0) + 1;
        try {
            jdbc.sql(
                            "insert into class_override (release_id, round_number, ask_number, class_before, class_after, reason, asked_by, asked_at) values (?, ?, ?, ?, ?, ?, ?, ?)")
                    .params(
                            StoredIds.bytes(release),
                            round.number(),
                            number,
                            given.name(),
                            wanted.name(),
                            reason.strip(),
                            person,
                            Bytes.moment(clock.instant()))
                    .update();
        } catch (DuplicateKeyException e) {
            throw new Refused("class", "Somebody else has just asked for another class; please look again.");
        }
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "scope.askClass",
                "round " + round.number(),
                Map.of("class", given.name()),
                Map.of("class", wanted.name(), "reason", reason.strip())));
        if (upward) {
            counts(release, round, number, wanted, person);
        }
    }

    /**
     * Confirms less care than the table gives.
     *
     * @throws Refused when nobody asked, the person asked, or it counts already
     */
    @Transactional
    public void confirm(Release release, String person) {
        permissions.require(release, person, Role.CHANGE_AUTHORITY);
        ScopeRound round = open(release);
        Reclassification asked = last(release, round)
                .orElseThrow(() -> new Refused("Nobody asked for another class of " + release.key() + "."));
        if (asked.confirmedBy() != null) {
            throw new Refused("This class counts already.");
        }
        if (asked.askedBy().equals(person) || release.requestedBy().equals(person)) {
            throw new Refused("Whoever asked for less care, or for the release, has another person confirm it.");
        }
        counts(release, round, asked.number(), asked.after(), person);
    }

    /** The other class that was asked for last. */
    @Transactional(readOnly = true)
    public Optional<Reclassification> of(Release release) {
        List<Reclassification> all = jdbc.sql(
                        "select round_number, class_before, class_after, reason, asked_by, asked_at, confirmed_by, confirmed_at, ask_number from class_override where release_id = ? order by round_number desc, ask_number desc limit 1")
                .param(StoredIds.bytes(release))
                .query((row, i) -> new Reclassification(
                        row.getInt(1),
                        row.getInt(9),
                        ReleaseClass.valueOf(row.getString(2)),
                        ReleaseClass.valueOf(row.getString(3)),
                        row.getString(4),
                        row.getString(5),
                        row.getTimestamp(6).toInstant(),
                        row.getString(7),
                        row.getTimestamp(8) == null ? null : row.getTimestamp(8).toInstant()))
                .list();
        return all.stream().findFirst();
    }

    /** Less care that was asked for in the present round of the scope and that nobody has confirmed yet. */
    @Transactional(readOnly = true)
    public Optional<Reclassification> pending(Release release) {
        return scopes.latest(release)
                .flatMap(round -> last(release, round))
                .filter(asked -> asked.confirmedBy() == null);
    }

    /** Whether the release is not up for approval yet, so that its class may change. */
    public static boolean changeable(Release release) {
        return EARLY.contains(release.state());
    }

    private ScopeRound open(Release release) {
        if (!changeable(release)) {
            throw new Refused(
                    "The class of " + release.key() + " is approved with it; please ask for a change of content.");
        }
        return scopes.latest(release)
                .filter(round -> round.state() == ScopeRound.State.FROZEN)
                .orElseThrow(() -> new Refused(release.key() + " has no class yet; its scope is frozen first."));
    }

    private Optional<Reclassification> last(Release release, ScopeRound round) {
        return of(release).filter(asked -> asked.round() == round.number());
    }

    private void counts(Release release, ScopeRound round, int number, ReleaseClass wanted, String person) {
        jdbc.sql(
                        "update class_override set confirmed_by = ?, confirmed_at = ? where release_id = ? and round_number = ? and ask_number = ?")
                .params(person, Bytes.moment(clock.instant()), StoredIds.bytes(release), round.number(), number)
                .update();
        scopes.reclassify(release, wanted);
    }
}
