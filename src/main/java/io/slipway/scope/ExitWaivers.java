package io.slipway.scope;

import io.slipway.platform.text.Beginning;
import io.slipway.release.AuditTrail;
import io.slipway.release.Obligations;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.Role;
import io.slipway.release.StoredIds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The only way round an open exit criterion: one person asks, another grants, something is done in its place, and what is owed is
 * kept until it is made good.
 */
@Service
public class ExitWaivers {

    private static final Duration LONGEST = Duration.ofDays(90);

    private final JdbcClient jdbc;
    private final Scopes scopes;
    private final Permissions permissions;
    private final ObjectProvider<Obligations> obligations;
    private final AuditTrail audit;
    private final Clock clock;

    ExitWaivers(
            JdbcClient jdbc,
            Scopes scopes,
            Permissions permissions,
            ObjectProvider<Obligations> obligations,
            AuditTrail audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.scopes = scopes;
        this.permissions = permissions;
        this.obligations = obligations;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A waiver as it stands.
     *
     * @param inItsPlace the compensating control
     * @param grantedBy null while nobody has granted it
     */
    public record Waiver(
            String criterion,
            String reason,
            String inItsPlace,
            Instant until,
            String askedBy,
            @Nullable String grantedBy,
            @Nullable Instant grantedAt) {

        /** Whether it stands in for the criterion at a moment. */
        public boolean holds(Instant now) {
            return grantedBy != null && until.isAfter(now);
        }
    }

    /**
     * Asks that a criterion be waived in the present round of the scope.
     *
     * @param open ids of the criteria that are open now
     * @throws Refused when the criterion is not open, was asked for before, or something is missing
     */
    @Transactional
    public void ask(
            Release release,
            String person,
            String criterion,
            List<String> open,
            String reason,
            String inItsPlace,
            Instant until) {
        permissions.require(release, person, Role.DEVELOPER, Role.RELEASE_MANAGER);
        text("reason", reason);
        text("inItsPlace", inItsPlace);
        if (!until.isAfter(clock.instant()) || until.isAfter(clock.instant().plus(LONGEST))) {
            throw new Refused("until", "A waiver is good for at most 90 days from now ('until').");
        }
        if (!open.contains(criterion)) {
            throw new Refused("criterion", "This criterion is not open; there is nothing to waive.");
        }
        ScopeRound round = scopes.frozen(release);
        if (of(release).stream().anyMatch(waiver -> waiver.criterion().equals(criterion))) {
            throw new Refused("criterion", "A waiver of this criterion was asked for already in this round.");
        }
        jdbc.sql(
                        "insert into exit_waiver (release_id, round_number, criterion, reason, in_its_place, valid_until, asked_by, asked_at) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        StoredIds.bytes(release),
                        round.number(),
                        criterion,
                        reason.strip(),
                        inItsPlace.strip(),
                        Bytes.moment(until),
                        person,
                        Bytes.moment(clock.instant()))
                .update();
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "scope.askExitWaiver",
                criterion,
                Map.of(),
                Map.of("reason", reason.strip(), "inItsPlace", inItsPlace.strip(), "until", until.toString())));
    }

    /**
     * Grants a waiver, which becomes an obligation that blocks the closure.
     *
     * @throws Refused when nobody asked, the person asked, or it was granted before
     */
    @Transactional
    public void grant(Release release, String person, String criterion) {
        permissions.require(release, person, Role.QA, Role.CHANGE_AUTHORITY);
        Waiver waiver = of(release).stream()
                .filter(asked -> asked.criterion().equals(criterion))
                .findFirst()
                .orElseThrow(() -> new Refused("criterion", "Nobody asked for a waiver of this criterion."));
        if (waiver.grantedBy() != null) {
            throw new Refused("criterion", "This waiver was granted already.");
        }
        if (waiver.askedBy().equals(person)) {
            throw new Refused("criterion", "Whoever asks for a waiver has another person grant it.");
        }
        ScopeRound round = scopes.frozen(release);
        jdbc.sql(
                        "insert into exit_waiver_grant (release_id, round_number, criterion, granted_by, granted_at) values (?, ?, ?, ?, ?)")
                .params(StoredIds.bytes(release), round.number(), criterion, person, Bytes.moment(clock.instant()))
                .update();
        String statement =
                "Make good the exit criterion " + criterion + ", which was waived; until then: " + waiver.inItsPlace();
        obligations.ifAvailable(book -> book.openFor(
                Obligations.NewObligation.of(
                        release,
                        "waiver/exit/" + round.number() + "/" + criterion,
                        Obligations.Kind.WAIVER,
                        Beginning.marked(statement, 2000),
                        Role.DEVELOPER,
                        waiver.until(),
                        true),
                waiver.askedBy()));
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "scope.grantExitWaiver",
                criterion,
                Map.of("askedBy", waiver.askedBy()),
                Map.of("granted", true)));
    }

    /** The waivers of the present round of the scope. */
    @Transactional(readOnly = true)
    public List<Waiver> of(Release release) {
        return jdbc.sql("""
                        select w.criterion, w.reason, w.in_its_place, w.valid_until, w.asked_by, g.granted_by, g.granted_at
                        from exit_waiver w
                        left join exit_waiver_grant g on g.release_id = w.release_id and g.round_number = w.round_number
                              and g.criterion = w.criterion
                        where w.release_id = ?
                          and w.round_number = (select max(r.round_number) from scope_round r where r.release_id = w.release_id)
                        order by w.criterion
                        """)
                .param(StoredIds.bytes(release))
                .query((row, i) -> new Waiver(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getTimestamp(4).toInstant(),
                        row.getString(5),
                        row.getString(6),
                        row.getTimestamp(7) == null ? null : row.getTimestamp(7).toInstant()))
                .list();
    }

    private static void text(String field, String value) {
        if (value.isBlank() || value.length() > 2000) {
            throw new Refused(field, "Please give '" + field + "' in 1 to 2000 characters.");
        }
    }
}
