package io.slipway.validation.closing;

import io.slipway.platform.data.Canonical;
import io.slipway.release.AuditTrail;
import io.slipway.release.Contributions;
import io.slipway.release.NotPermitted;
import io.slipway.release.ObligationFulfilled;
import io.slipway.release.Obligations;
import io.slipway.release.Obligations.Obligation;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseId;
import io.slipway.release.Releases;
import io.slipway.release.StoredIds;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The record of how a release is closed, in its two steps: the signature over the proof of the closing conditions, and what is
 * fulfilled afterwards. Each later entry carries a digest over the one before it, the first over the signature.
 */
@Service
public class ClosureRecords {

    private final JdbcClient jdbc;
    private final Closing closing;
    private final Contributions contributions;
    private final Obligations obligations;
    private final Permissions permissions;
    private final Releases releases;
    private final AuditTrail audit;
    private final Clock clock;

    ClosureRecords(
            JdbcClient jdbc,
            Closing closing,
            @Lazy Contributions contributions,
            @Lazy Obligations obligations,
            Permissions permissions,
            Releases releases,
            AuditTrail audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.closing = closing;
        this.contributions = contributions;
        this.obligations = obligations;
        this.permissions = permissions;
        this.releases = releases;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * An entry that was added after the closing.
     *
     * @param person opaque id of who fulfilled it
     * @param digest SHA-256 over the entry and the digest before it
     */
    public record Addendum(
            int number,
            String obligation,
            String statement,
            String evidence,
            String person,
            Instant addedAt,
            String digest) {}

    /**
     * The proof as it stands: what was signed, or, until then, what the conditions say now. Asking here keeps nothing; what a
     * signature covers is asked by the process.
     */
    @Transactional(readOnly = true)
    public ProofTree proof(Release release) {
        return closing.signed(release).isPresent()
                ? closing.latest(release)
                        .map(kept -> ProofTree.of(kept.evaluatedAt(), Optional.of(kept.digest()), kept.findings()))
                        .orElseThrow()
                : ProofTree.of(clock.instant(), Optional.empty(), contributions.closingFindings(release));
    }

    /** What is owed by a release, open ones first. */
    @Transactional(readOnly = true)
    public List<Obligation> obligations(Release release) {
        return obligations.of(release);
    }

    /** What was added after the closing, in order. */
    @Transactional(readOnly = true)
    public List<Addendum> addenda(Release release) {
        return jdbc.sql("select entry_number, obligation_key, statement, evidence, person_id, added_at, digest"
                        + " from closure_addendum where release_id = ? order by entry_number")
                .param(StoredIds.bytes(release))
                .query((row, number) -> new Addendum(
                        row.getInt(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getTimestamp(6).toInstant(),
                        row.getString(7)))
                .list();
    }

    /** Whether a person may fulfil an obligation: by name where one is named, otherwise by its role. */
    public boolean mayFulfil(Release release, Obligation obligation, String person) {
        return obligation.open()
                && obligation.owed().person().map(person::equals).orElseGet(() -> permissions
                        .reader(person)
                        .has(release.system(), obligation.owed().owner()));
    }

    /**
     * Fulfils an obligation of a release with evidence; after the closing it is added to the record.
     *
     * @throws NotPermitted when it is for somebody else
     * @throws Refused when the release owes nothing with this key, it was fulfilled before, or the evidence is missing
     */
    @Transactional
    public void fulfil(Release release, String obligation, String person, String evidence) {
        permissions.requireRead(release, person);
        Obligation owed = obligations.of(release).stream()
                .filter(known -> known.owed().key().equals(obligation))
                .findFirst()
                .orElseThrow(() -> new Refused(
                        "obligation", release.key() + " owes nothing with this key; please choose one from its list."));
        if (!owed.open()) {
            throw new Refused("obligation", "This obligation was fulfilled before.");
        }
        if (!mayFulfil(release, owed, person)) {
            throw new NotPermitted("This is for "
                    + owed.owed().person().map(named -> "another person").orElseGet(() -> owed.owed()
                            .owner()
                            .label())
                    + ", and you do not have that role.");
        }
        obligations.fulfil(obligation, person, evidence);
    }

    /** Adds to the record of a closed release what was fulfilled after its closing, wherever somebody said so. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void append(ObligationFulfilled fulfilled) {
        Optional<Release> release = fulfilled.obligation().owed().release().map(this::present);
        Optional<ReleaseClosure> closure = release.flatMap(closing::signed);
        if (release.isEmpty() || closure.isEmpty()) {
            return;
        }
        List<Addendum> before = addenda(release.get());
        String last = before.isEmpty()
                ? closure.get().digest()
                : before.get(before.size() - 1).digest();
        Obligation owed = fulfilled.obligation();
        Instant now = clock.instant();
        String evidence = owed.evidence().orElse("");
        String digest = Canonical.digest(Map.of(
                "before", last,
                "obligation", owed.owed().key(),
                "statement", owed.owed().statement(),
                "evidence", evidence,
                "person", fulfilled.person(),
                "at", now.toString()));
        jdbc.sql(
                        "insert into closure_addendum (release_id, entry_number, obligation_key, statement, evidence, person_id,"
                                + " added_at, digest) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        StoredIds.bytes(release.get().id()),
                        before.size() + 1,
                        owed.owed().key(),
                        owed.owed().statement(),
                        evidence,
                        fulfilled.person(),
                        Timestamp.from(now),
                        digest)
                .update();
        audit.record(AuditTrail.Entry.of(
                release.get().id(),
                "closing.append",
                release.get().key(),
                Map.of("digest", last),
                Map.of("obligation", owed.owed().key(), "digest", digest)));
    }

    private Release present(ReleaseId id) {
        return releases.get(id);
    }
}
