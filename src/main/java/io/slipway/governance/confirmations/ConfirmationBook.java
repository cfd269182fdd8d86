package io.slipway.governance.confirmations;

import io.slipway.release.StoredIds;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The confirmations that were given, and which of them were used. */
@Component
class ConfirmationBook {

    private final JdbcClient jdbc;

    ConfirmationBook(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What was confirmed.
     *
     * @param person opaque id of whoever confirmed
     * @param task id of the task
     * @param decision value of the decision
     * @param digest digest of the content
     */
    record Subject(String person, String task, String decision, String digest) {}

    void add(Subject subject, Instant now, Instant expiresAt) {
        UUID id = UUID.randomUUID();
        jdbc.sql("insert into confirmation"
                        + " (id, person_id, task_id, decision, content_digest, confirmed_at, expires_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        StoredIds.bytes(id),
                        subject.person(),
                        subject.task(),
                        subject.decision(),
                        subject.digest(),
                        utc(now),
                        utc(expiresAt))
                .update();
    }

    /** Uses a confirmation up; false when there is none that holds. Of two callers at the same moment one gets false. */
    boolean use(Subject subject, Instant now) {
        List<byte[]> open = jdbc.sql("select id from confirmation where task_id = ? and person_id = ? and decision = ?"
                        + " and content_digest = ? and used_at is null and expires_at > ? order by confirmed_at desc")
                .params(subject.task(), subject.person(), subject.decision(), subject.digest(), utc(now))
                .query((row, index) -> row.getBytes(1))
                .list();
        return open.stream()
                .anyMatch(id -> jdbc.sql("update confirmation set used_at = ? where id = ? and used_at is null")
                                .params(utc(now), id)
                                .update()
                        == 1);
    }

    private static LocalDateTime utc(Instant moment) {
        return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }
}
