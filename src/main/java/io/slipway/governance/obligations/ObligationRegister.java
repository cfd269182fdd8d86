package io.slipway.governance.obligations;

import io.slipway.platform.data.ListTotal;
import io.slipway.platform.process.EngineAccess;
import io.slipway.platform.text.Beginning;
import io.slipway.release.AuditTrail;
import io.slipway.release.Concealed;
import io.slipway.release.NotFound;
import io.slipway.release.NotPermitted;
import io.slipway.release.ObligationFulfilled;
import io.slipway.release.Obligations;
import io.slipway.release.Reader;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.Role;
import io.slipway.release.StoredIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The register of obligations. Each is kept after by a process of its own, which ends when the obligation is fulfilled, whatever way
 * that is said.
 */
@Service
public class ObligationRegister implements Obligations {

    private static final int LONGEST_STATEMENT = 2_000;
    private static final int LONGEST_EVIDENCE = 2_000;

    private static final String COLUMNS =
            "o.obligation_key, o.release_id, o.system_key, o.kind, o.statement, o.owner_role, o.person_id, o.due_at,"
                    + " o.blocks_closure, o.fulfilled_at, o.evidence";

    private static final String ROW_COLUMNS = COLUMNS + ", r.release_key, o.opened_at, o.fulfilled_by, o.beneficiary";

    private static final String ROWS = " from obligation o left join slipway_release r on r.id = o.release_id";

    private final JdbcClient jdbc;
    private final ObligationTracking tracking;
    private final EngineAccess access;
    private final AuditTrail audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ObligationRegister(
            JdbcClient jdbc,
            ObligationTracking tracking,
            EngineAccess access,
            AuditTrail audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.tracking = tracking;
        this.access = access;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    @Override
    @Transactional
    public void open(NewObligation owed) {
        opened(owed, null);
    }

    @Override
    @Transactional
    public void openFor(NewObligation owed, String beneficiary) {
        opened(owed, beneficiary);
    }

    private void opened(NewObligation owed, @Nullable String beneficiary) {
        if (find(owed.key()).isPresent()) {
            return;
        }
        if (owed.owner().systemScoped() && owed.system().isEmpty()) {
            throw new Refused("The role " + owed.owner().group()
                    + " is held for single systems, so what it owes must name its system.");
        }
        jdbc.sql(
                        "insert into obligation (obligation_key, release_id, system_key, kind, statement, owner_role, person_id, due_at,"
                                + " blocks_closure, opened_at, beneficiary) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        owed.key(),
                        owed.release().map(id -> StoredIds.bytes(id)).orElse(null),
                        owed.system().orElse(null),
                        owed.kind().name(),
                        // Many are put together from what people wrote; the trail has all of it.
                        Beginning.marked(owed.statement(), LONGEST_STATEMENT),
                        owed.owner().group(),
                        owed.person().orElse(null),
                        Timestamp.from(owed.due()),
                        owed.blocksClosure(),
                        Timestamp.from(clock.instant()),
                        beneficiary)
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
        String instance = tracking.begin(owed);
        jdbc.sql("update obligation set process_instance_id = ? where obligation_key = ?")
                .params(instance, owed.key())
                .update();
    }

    @Override
    @Transactional
    public void fulfil(String key, String person, String evidence) {
        if (fulfilled(key, person, evidence)) {
            instanceOf(key).ifPresent(tracking::end);
        }
    }

    /**
     * Fulfils an obligation in the name of a person who asks for it on a page or by a program.
     *
     * @throws NotPermitted when the person does not have the role that owes it
     * @throws Refused when it is owed by another person, the person profits from it, it is fulfilled already, or the evidence is missing
     */
    @Transactional
    public void settle(String key, String person, String evidence) {
        requireOwner(key, person);
        fulfil(key, person, evidence);
    }

    /** The same from the task of its process, which ends by itself. */
    @Transactional
    public void settleInTask(String key, String person, String evidence) {
        requireOwner(key, person);
        fulfilled(key, person, evidence);
    }

    private void requireOwner(String key, String person) {
        if (key.isBlank()) {
            throw new Refused("key", "'key' says which obligation is meant.");
        }
        ObligationRow row = row(key).orElseThrow(() -> new NotFound("obligation", key));
        Reader reader = new Reader(person, java.util.Set.copyOf(access.groupsOf(person)));
        if (!mayRead(reader, row)) {
            throw new Concealed("obligation", key);
        }
        NewObligation owed = row.obligation().owed();
        if (!owes(reader, owed)) {
            throw new NotPermitted("This is owed by " + owed.owner().label() + ", and you do not have that role.");
        }
        if (owed.person().filter(named -> !named.equals(person)).isPresent()) {
            throw new Refused("This is owed by somebody by name; that person says what shows that it is done.");
        }
        if (row.beneficiary().filter(person::equals).isPresent()) {
            throw new Refused("You asked for what this compensates for, so somebody else of "
                    + owed.owner().label() + " says that it is done.");
        }
        if (!row.obligation().open()) {
            throw new Refused("This is fulfilled already.");
        }
    }

    /** Whether somebody has the role that owes this. */
    static boolean owes(Reader reader, NewObligation owed) {
        return owed.system().map(system -> reader.has(system, owed.owner())).orElseGet(() -> reader.has(owed.owner()));
    }

    private static boolean mayRead(Reader reader, ObligationRow row) {
        return reader.readsAll()
                || row.obligation()
                        .owed()
                        .system()
                        .filter(reader.systems()::contains)
                        .isPresent();
    }

    private boolean fulfilled(String key, String person, String evidence) {
        Obligation obligation = find(key).orElseThrow(() -> new NotFound("obligation", key));
        if (evidence.isBlank() || evidence.length() > LONGEST_EVIDENCE) {
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
        return changed > 0;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Obligation> of(Release release) {
        return jdbc.sql("select " + COLUMNS + " from obligation o where o.release_id = ?"
                        + " order by case when o.fulfilled_at is null then 0 else 1 end, o.due_at limit 200")
                .param(StoredIds.bytes(release))
                .query(ObligationRegister::obligation)
                .list();
    }

    @Override
    @Transactional(readOnly = true)
    public List<Obligation> overdue(String system, Optional<Kind> kind) {
        return jdbc.sql("select " + COLUMNS
                        + " from obligation o where o.system_key = ? and o.fulfilled_at is null and o.due_at < ?"
                        + " and (? = '' or o.kind = ?) order by o.due_at limit 200")
                .params(
                        system,
                        Timestamp.from(clock.instant()),
                        kind.map(Enum::name).orElse(""),
                        kind.map(Enum::name).orElse(""))
                .query(ObligationRegister::obligation)
                .list();
    }

    /** One obligation. */
    @Transactional(readOnly = true)
    public Optional<ObligationRow> row(String key) {
        return jdbc.sql("select " + ROW_COLUMNS + ROWS + " where o.obligation_key = ?")
                .param(key)
                .query(ObligationRegister::row)
                .optional();
    }

    /** What is owed because of a release, as lists show it; open ones first, at most two hundred. */
    @Transactional(readOnly = true)
    public List<ObligationRow> rows(Release release) {
        return jdbc.sql("select " + ROW_COLUMNS + ROWS + " where o.release_id = ?"
                        + " order by case when o.fulfilled_at is null then 0 else 1 end, o.due_at limit 200")
                .param(StoredIds.bytes(release))
                .query(ObligationRegister::row)
                .list();
    }

    /** Obligations that a reader may see and that a filter lets through, those due first before the others. */
    @Transactional(readOnly = true)
    public Page<ObligationRow> list(ObligationFilter filter, Reader reader, Pageable page) {
        List<String> where = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        // The order begins as the index does, or the embedded database would sort all rows.
        List<String> order = new ArrayList<>();
        equal("o.kind", filter.kind(), where, values, order);
        equal("o.system_key", filter.system(), where, values, order);
        equal("o.owner_role", filter.owner(), where, values, order);
        filter.wanted().ifPresent(state -> {
            switch (state) {
                case OPEN -> {
                    where.add("o.fulfilled_at is null");
                    order.add("o.fulfilled_at");
                }
                case OVERDUE -> {
                    where.add("o.fulfilled_at is null and o.due_at < ?");
                    values.add(Timestamp.from(clock.instant()));
                    order.add("o.fulfilled_at");
                }
                case FULFILLED -> where.add("o.fulfilled_at is not null");
            }
        });
        if (!reader.readsAll()) {
            List<String> systems = List.copyOf(reader.systems());
            if (systems.isEmpty()) {
                return Page.empty(page);
            }
            where.add("o.system_key in (" + "?,".repeat(systems.size()).replaceAll(",$", "") + ")");
            values.addAll(systems);
        }
        String restricted = where.isEmpty() ? "" : " where " + String.join(" and ", where);
        long total = jdbc.sql(ListTotal.sql("from obligation o" + restricted, page))
                .params(values)
                .query(Long.class)
                .single();
        values.add(page.getPageSize());
        values.add(page.getOffset());
        order.addAll(List.of("o.due_at", "o.obligation_key"));
        List<ObligationRow> rows = jdbc.sql("select " + ROW_COLUMNS + ROWS + restricted + " order by "
                        + String.join(", ", order) + " limit ? offset ?")
                .params(values)
                .query(ObligationRegister::row)
                .list();
        return new PageImpl<>(rows, page, total);
    }

    private static void equal(
            String column, String wanted, List<String> where, List<Object> values, List<String> order) {
        if (!wanted.isEmpty()) {
            order.add(column);
            where.add(column + " = ?");
            values.add(wanted);
        }
    }

    private Optional<Obligation> find(String key) {
        return jdbc.sql("select " + COLUMNS + " from obligation o where o.obligation_key = ?")
                .param(key)
                .query(ObligationRegister::obligation)
                .optional();
    }

    private Optional<String> instanceOf(String key) {
        return jdbc
                .sql(
                        "select process_instance_id from obligation where obligation_key = ? and process_instance_id is not null")
                .param(key)
                .query(String.class)
                .list()
                .stream()
                .findFirst();
    }

    private static ObligationRow row(ResultSet row, int number) throws SQLException {
        return new ObligationRow(
                obligation(row, number),
                Optional.ofNullable(row.getString(12)),
                row.getTimestamp(13).toInstant(),
                Optional.ofNullable(row.getString(14)),
                Optional.ofNullable(row.getString(15)));
    }

    private static Obligation obligation(ResultSet row, int number) throws SQLException {
        byte[] release = row.getBytes(2);
        Timestamp fulfilled = row.getTimestamp(10);
        return new Obligation(
                new NewObligation(
                        row.getString(1),
                        Optional.ofNullable(release).map(StoredIds::releaseId),
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
}
