package io.slipway.governance.obligations;

import io.slipway.release.AuditTrail;
import io.slipway.release.NotFound;
import io.slipway.release.ObligationFulfilled;
import io.slipway.release.Obligations;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseId;
import io.slipway.release.Role;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The register of obligations. */
@Service
class ObligationRegister implements Obligations {

    private static final String COLUMNS =
            "obligation_key, release_id, system_key, kind, statement, owner_role, person_id, due_at, blocks_closure, fulfilled_at, evidence";

    private final JdbcClient jdbc;
    private final AuditTrail audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ObligationRegister(JdbcClient jdbc, AuditTrail audit, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    @Override
    @Transactional
    public void open(NewObligation owed) {
        if (find(owed.key()).isPresent()) {
            return;
        }
        jdbc.sql(
                        "insert into obligation (obligation_key, release_id, system_key, kind, statement, owner_role, person_id, due_at,"
                                + " blocks_closure, opened_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        owed.key(),
                        owed.release().map(id -> bytes(id.value())).orElse(null),
                        owed.system().orElse(null),
                        owed.kind().name(),
                        owed.statement(),
                        owed.owner().group(),
                        owed.person().orElse(null),
                        Timestamp.from(owed.due()),
                        owed.blocksClosure(),
                        Timestamp.from(clock.instant()))
                .update();
        audit.record(new AuditTrail.Entry(
                owed.release(),
                "obligation.open",
                owed.key(),
                Map.of(),
                Map.of(
                        "kind",
                        owed.kind().name(),
                        "statement",
                        owed.statement(),
                        "owner",
                        owed.owner().group(),
                        "due",
                        owed.due().toString(),
                        "blocksClosure",
                        owed.blocksClosure())));
    }

    @Override
    @Transactional
    public void fulfil(String key, String person, String evidence) {
        Obligation obligation = find(key).orElseThrow(() -> new NotFound("obligation", key));
        if (evidence.isBlank() || evidence.length() > 2_000) {
            throw new Refused("evidence", "Please say in 1 to 2000 characters what shows that this is done.");
        }
        int changed = jdbc.sql("update obligation set fulfilled_at = ?, fulfilled_by = ?, evidence = ?"
                        + " where obligation_key = ? and fulfilled_at is null")
                .params(Timestamp.from(clock.instant()), person, evidence.strip(), key)
                .update();
        if (changed > 0) {
            audit.record(new AuditTrail.Entry(
                    obligation.owed().release(),
                    "obligation.fulfil",
                    key,
                    Map.of("open", true),
                    Map.of("open", false, "person", person, "evidence", evidence.strip())));
            events.publishEvent(new ObligationFulfilled(find(key).orElseThrow(), person));
        }
    }

    @Override
    @Transactional(readOnly = true)
    public List<Obligation> of(Release release) {
        return jdbc.sql("select " + COLUMNS + " from obligation where release_id = ?"
                        + " order by case when fulfilled_at is null then 0 else 1 end, due_at limit 200")
                .param(bytes(release.id().value()))
                .query(ObligationRegister::row)
                .list();
    }

    @Override
    @Transactional(readOnly = true)
    public List<Obligation> overdue(String system, Optional<Kind> kind) {
        return jdbc.sql("select " + COLUMNS
                        + " from obligation where system_key = ? and fulfilled_at is null and due_at < ?"
                        + " and (? = '' or kind = ?) order by due_at limit 200")
                .params(
                        system,
                        Timestamp.from(clock.instant()),
                        kind.map(Enum::name).orElse(""),
                        kind.map(Enum::name).orElse(""))
                .query(ObligationRegister::row)
                .list();
    }

    private Optional<Obligation> find(String key) {
        return jdbc.sql("select " + COLUMNS + " from obligation where obligation_key = ?")
                .param(key)
                .query(ObligationRegister::row)
                .optional();
    }

    private static Obligation row(ResultSet row, int number) throws SQLException {
        byte[] release = row.getBytes(2);
        Timestamp fulfilled = row.getTimestamp(10);
        return new Obligation(
                new NewObligation(
                        row.getString(1),
                        Optional.ofNullable(release).map(ObligationRegister::id),
                        Optional.ofNullable(row.getString(3)),
                        Kind.valueOf(row.getString(4)),
                        row.getString(5),
                        Role.ofGroup(row.getString(6)).orElseThrow(),
                        Optional.ofNullable(row.getString(7)),
                        row.getTimestamp(8).toInstant(),
                        row.getBoolean(9)),
                Optional.ofNullable(fulfilled).map(Timestamp::toInstant),
                Optional.ofNullable(row.getString(11)));
    }

    private static ReleaseId id(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new ReleaseId(new UUID(buffer.getLong(), buffer.getLong()));
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
