package io.slipway.packaging.signatures;

import io.slipway.packaging.Rows;
import io.slipway.platform.data.ListTotal;
import io.slipway.release.AuditTrail;
import io.slipway.release.Landscape;
import io.slipway.release.NotFound;
import io.slipway.release.NotPermitted;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The register of keys that are trusted to sign for a system. One person for security proposes a key and another person, for security
 * or with authority over changes, accepts it; a key that is in doubt is withdrawn by one person at once.
 */
@Service
public class TrustedKeys {

    private final JdbcClient jdbc;
    private final Landscape landscape;
    private final Permissions permissions;
    private final AuditTrail audit;
    private final Clock clock;

    TrustedKeys(JdbcClient jdbc, Landscape landscape, Permissions permissions, AuditTrail audit, Clock clock) {
        this.jdbc = jdbc;
        this.landscape = landscape;
        this.permissions = permissions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Proposes a key.
     *
     * @param armored the public key as text
     * @param reason whose key it is and how that was checked
     * @return its fingerprint
     * @throws NotPermitted when the person does not look after security
     * @throws Refused when there is no such system, the key is not fit, or it is in the register already
     */
    @Transactional
    public String propose(String system, String armored, String reason, String person) {
        permissions.require(person, Role.SECURITY);
        requireSystem(system);
        requireText("reason", reason, "Please say in 1 to 2000 characters whose key it is and how you checked that.");
        OpenPgp.Certificate certificate;
        try {
            certificate = OpenPgp.certificate(armored, clock.instant());
        } catch (OpenPgp.KeyUnfit e) {
            throw new Refused("key", String.valueOf(e.getMessage()));
        }
        if (find(system, certificate.fingerprint()).isPresent()) {
            throw new Refused(
                    "key", "The key " + certificate.fingerprint() + " is in the register of " + system + " already.");
        }
        jdbc.sql("insert into trusted_key (system_key, fingerprint, certificate, user_name, algorithm, reason,"
                        + " proposed_by, proposed_at) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        system,
                        certificate.fingerprint(),
                        certificate.armored(),
                        Rows.cut(certificate.userName(), 300),
                        certificate.algorithm(),
                        reason,
                        person,
                        Rows.moment(clock.instant()))
                .update();
        record("packaging.proposeKey", system, certificate.fingerprint(), "PROPOSED", reason);
        return certificate.fingerprint();
    }

    /**
     * Accepts a key that somebody else proposed; its signatures count from now on, and files of the system need one.
     *
     * @throws NotPermitted when the person may not, or proposed it
     * @throws Refused when no such key waits
     */
    @Transactional
    public void accept(String system, String fingerprint, String person) {
        permissions.require(person, Role.SECURITY, Role.CHANGE_AUTHORITY);
        TrustedKey key = find(system, fingerprint)
                .filter(found ->
                        found.acceptedAt().isEmpty() && found.withdrawnAt().isEmpty())
                .orElseThrow(() -> new Refused("fingerprint", "No key of this fingerprint waits to be accepted."));
        if (key.proposedBy().equals(person)) {
            throw new NotPermitted("A key is accepted by somebody other than who proposed it.");
        }
        jdbc.sql("update trusted_key set accepted_by = ?, accepted_at = ? where system_key = ? and fingerprint = ?")
                .params(person, Rows.moment(clock.instant()), system, fingerprint)
                .update();
        record("packaging.acceptKey", system, fingerprint, "TRUSTED", key.reason());
    }

    /**
     * Takes the trust away, or the proposal back; signatures of the key count no more, also those that were made before.
     *
     * @throws NotPermitted when the person does not look after security
     * @throws Refused when there is no such key or no reason
     */
    @Transactional
    public void withdraw(String system, String fingerprint, String reason, String person) {
        permissions.require(person, Role.SECURITY);
        requireText("reason", reason, "Please say in 1 to 2000 characters why the key is not to be trusted.");
        if (find(system, fingerprint).filter(key -> key.withdrawnAt().isEmpty()).isEmpty()) {
            throw new Refused("fingerprint", "No key of this fingerprint can be withdrawn.");
        }
        jdbc.sql("update trusted_key set withdrawn_by = ?, withdrawn_at = ?, withdrawn_reason = ?"
                        + " where system_key = ? and fingerprint = ?")
                .params(person, Rows.moment(clock.instant()), reason, system, fingerprint)
                .update();
        record("packaging.withdrawKey", system, fingerprint, "WITHDRAWN", reason);
    }

    /** Keys of the register, the newest first. */
    public Page<TrustedKey> list(Pageable page) {
        // All one way, or a MySQL would sort all rows: an index of it ends in the primary key.
        List<TrustedKey> keys = jdbc.sql("select * from trusted_key order by proposed_at desc, system_key desc,"
                        + " fingerprint desc limit :size offset :offset")
                .param("size", page.getPageSize())
                .param("offset", page.getOffset())
                .query(TrustedKeys::key)
                .list();
        long total = jdbc.sql(ListTotal.sql("from trusted_key", page))
                .query(Long.class)
                .single();
        return new PageImpl<>(keys, page, total);
    }

    /** Keys of a system whose signatures count, as armored text. */
    List<String> trusted(String system) {
        return jdbc.sql("select certificate from trusted_key where system_key = ? and accepted_at is not null"
                        + " and withdrawn_at is null order by fingerprint")
                .param(system)
                .query(String.class)
                .list();
    }

    /** Whether files of a system must be signed: since the first key was accepted for it, also when all were withdrawn. */
    boolean required(String system) {
        return jdbc.sql("select 1 from trusted_key where system_key = ? and accepted_at is not null limit 1")
                .param(system)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    private Optional<TrustedKey> find(String system, String fingerprint) {
        return jdbc.sql("select * from trusted_key where system_key = ? and fingerprint = ?")
                .params(system, fingerprint)
                .query(TrustedKeys::key)
                .optional();
    }

    private void requireSystem(String system) {
        try {
            landscape.system(system);
        } catch (NotFound e) {
            throw new Refused("system", "There is no system '" + Rows.cut(system, 64) + "'.");
        }
    }

    private static void requireText(String field, String text, String sentence) {
        if (text.isBlank() || text.length() > 2000) {
            throw new Refused(field, sentence);
        }
    }

    private void record(String action, String system, String fingerprint, String state, String reason) {
        audit.record(new AuditTrail.Entry(
                Optional.empty(),
                action,
                fingerprint,
                Map.of(),
                Map.of("system", system, "state", state, "reason", reason)));
    }

    private static TrustedKey key(ResultSet row, int index) throws SQLException {
        return new TrustedKey(
                row.getString("system_key"),
                row.getString("fingerprint"),
                row.getString("certificate"),
                row.getString("user_name"),
                row.getString("algorithm"),
                row.getString("reason"),
                row.getString("proposed_by"),
                Rows.moment(row, "proposed_at"),
                Optional.ofNullable(row.getString("accepted_by")),
                Rows.momentIf(row, "accepted_at"),
                Optional.ofNullable(row.getString("withdrawn_by")),
                Rows.momentIf(row, "withdrawn_at"),
                Optional.ofNullable(row.getString("withdrawn_reason")));
    }
}
