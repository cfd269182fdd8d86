package io.slipway.integration.changes;

import io.slipway.platform.data.ListTotal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.PageRequest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A register of our own: one table in Slipway's database. It takes part in the caller's transaction, so that a ticket and the
 * records of the release that it belongs to are kept or lost together.
 */
@Component
@ConditionalOnProperty(name = "slipway.changes.register", havingValue = "embedded", matchIfMissing = true)
class EmbeddedChangeRegister implements ChangeRegister {

    private static final String COLUMNS =
            "id, subject, system_key, title, kind, requested_by, state, outcome, note, opened_at, closed_at";
    private static final int LONGEST_NOTE = 2_000;
    private static final int MOST_AT_ONCE = 500;

    private final JdbcClient jdbc;
    private final Clock clock;

    EmbeddedChangeRegister(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    @Transactional(noRollbackFor = ChangeRegisterRefused.class)
    public Change create(NewChange change, String idempotencyKey) {
        if (idempotencyKey.isBlank() || idempotencyKey.length() > 128) {
            throw new ChangeRegisterRefused("The idempotency key of a change needs 1 to 128 characters.");
        }
        Optional<Change> present = ofKey(idempotencyKey);
        if (present.isEmpty()) {
            try {
                insert(change, idempotencyKey);
            } catch (DuplicateKeyException e) {
                // Another node was faster with the same wish; its ticket is the answer.
            }
            present = ofKey(idempotencyKey);
        }
        Change found = present.orElseThrow();
        if (!found.content().equals(change)) {
            throw new ChangeRegisterRefused("The key " + idempotencyKey + " opened " + found.number()
                    + " for other content; please use a key of its own for each change.");
        }
        return found;
    }

    private void insert(NewChange change, String key) {
        jdbc.sql("insert into change_register"
                        + " (idempotency_key, subject, system_key, title, kind, requested_by, state, note, opened_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, '', ?)")
                .params(
                        key,
                        change.subject(),
                        change.system(),
                        change.title(),
                        change.kind().name(),
                        change.requestedBy(),
                        Change.State.NEW.name(),
                        now())
                .update();
    }

    @Override
    @Transactional(noRollbackFor = ChangeRegisterRefused.class)
    public Change mirror(String number, Change.State state) {
        if (state == Change.State.CLOSED) {
            throw new ChangeRegisterRefused("A change is closed with its outcome, not by a state.");
        }
        int changed = jdbc.sql("update change_register set state = ? where id = ? and state <> 'CLOSED'")
                .params(state.name(), id(number))
                .update();
        Change now = existing(number);
        if (changed == 0) {
            throw new ChangeRegisterRefused(number + " is closed; nothing can be shown in it any more.");
        }
        return now;
    }

    @Override
    @Transactional(noRollbackFor = ChangeRegisterRefused.class)
    public Change close(String number, Change.Outcome outcome, String note) {
        if (note.length() > LONGEST_NOTE) {
            throw new ChangeRegisterRefused("The note of a change may have at most " + LONGEST_NOTE + " characters.");
        }
        jdbc.sql("update change_register set state = 'CLOSED', outcome = ?, note = ?, closed_at = ?"
                        + " where id = ? and state <> 'CLOSED'")
                .params(outcome.name(), note, now(), id(number))
                .update();
        Change now = existing(number);
        if (now.outcome().filter(outcome::equals).isEmpty()) {
            throw new ChangeRegisterRefused(number + " was closed as "
                    + now.outcome().map(Enum::name).orElse("nothing") + " and cannot be closed as " + outcome + ".");
        }
        return now;
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Change> read(String number) {
        return jdbc.sql("select " + COLUMNS + " from change_register where id = ?")
                .param(id(number))
                .query(EmbeddedChangeRegister::change)
                .optional();
    }

    @Override
    @Transactional(readOnly = true)
    public ChangeList list(ChangeFilter filter, int page, int size) {
        if (page < 0 || size < 1 || size > MOST_AT_ONCE) {
            throw new ChangeRegisterRefused(
                    "Changes are listed from page 0 on, 1 to " + MOST_AT_ONCE + " of them on each.");
        }
        List<String> conditions = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        filter.system().ifPresent(system -> restrict("system_key = ?", system, conditions, values));
        filter.state().ifPresent(state -> restrict("state = ?", state.name(), conditions, values));
        filter.outcome().ifPresent(outcome -> restrict("outcome = ?", outcome.name(), conditions, values));
        filter.openedFrom().ifPresent(from -> restrict("opened_at >= ?", utc(from), conditions, values));
        filter.openedBefore().ifPresent(before -> restrict("opened_at < ?", utc(before), conditions, values));
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        long total = jdbc.sql(ListTotal.sql("from change_register" + where, PageRequest.of(page, size)))
                .params(values)
                .query(Long.class)
                .single();
        values.add(size);
        values.add((long) page * size);
        List<Change> changes = jdbc.sql("select " + COLUMNS + " from change_register" + where
                        + " order by opened_at desc, id desc limit ? offset ?")
                .params(values)
                .query(EmbeddedChangeRegister::change)
                .list();
        return new ChangeList(changes, total);
    }

    private static void restrict(String condition, Object value, List<String> conditions, List<Object> values) {
        conditions.add(condition);
        values.add(value);
    }

    private LocalDateTime now() {
        return utc(clock.instant());
    }

    private static LocalDateTime utc(Instant moment) {
        return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }

    private Change existing(String number) {
        return read(number).orElseThrow(() -> new ChangeRegisterRefused("There is no change " + number + "."));
    }

    private Optional<Change> ofKey(String key) {
        return jdbc.sql("select " + COLUMNS + " from change_register where idempotency_key = ?")
                .param(key)
                .query(EmbeddedChangeRegister::change)
                .optional();
    }

    /** The row of a number; a number that is none of ours has none. */
    private static long id(String number) {
        return number.matches("CHG-\\d{6,18}") ? Long.parseLong(number.substring(4)) : -1;
    }

    private static Change change(ResultSet row, int index) throws SQLException {
        String outcome = row.getString("outcome");
        LocalDateTime closedAt = row.getObject("closed_at", LocalDateTime.class);
        return new Change(
                String.format("CHG-%06d", row.getLong("id")),
                new NewChange(
                        row.getString("subject"),
                        row.getString("system_key"),
                        row.getString("title"),
                        Change.Kind.valueOf(row.getString("kind")),
                        row.getString("requested_by")),
                Change.State.valueOf(row.getString("state")),
                Optional.ofNullable(outcome).map(Change.Outcome::valueOf),
                row.getString("note"),
                row.getObject("opened_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                Optional.ofNullable(closedAt).map(at -> at.toInstant(ZoneOffset.UTC)));
    }
}
