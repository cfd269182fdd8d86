package io.slipway.release;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The book of what people asked for, with person and reason; each entry is acted on once. */
@Component
class ReleaseRequests {

    private final JdbcClient jdbc;
    private final Clock clock;

    ReleaseRequests(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void add(ReleaseId release, ReleaseAction action, String person, String reason) {
        jdbc.sql(
                        "insert into release_request (release_id, action, person_id, reason, requested_at) values (?, ?, ?, ?, ?)")
                .params(StoredIds.bytes(release), action.name(), person, reason, Timestamp.from(clock.instant()))
                .update();
    }

    /** Whether somebody asked for this and it was not acted on yet. */
    boolean isOpen(ReleaseId release, ReleaseAction action) {
        return jdbc.sql("select count(*) from release_request where release_id = ? and action = ? and taken_at is null")
                        .params(StoredIds.bytes(release), action.name())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Acts on everything that was asked for and is open; tells whether there was something. */
    @Transactional(propagation = Propagation.MANDATORY)
    boolean take(ReleaseId release, ReleaseAction action) {
        return jdbc.sql("update release_request set taken_at = ?"
                                + " where release_id = ? and action = ? and taken_at is null")
                        .params(Timestamp.from(clock.instant()), StoredIds.bytes(release), action.name())
                        .update()
                > 0;
    }

    /** Why this was last asked for since a moment. */
    Optional<String> lastReason(ReleaseId release, ReleaseAction action, Instant since) {
        return jdbc
                .sql(
                        "select reason from release_request where release_id = ? and action = ? and requested_at >= ? order by id desc")
                .params(StoredIds.bytes(release), action.name(), Timestamp.from(since))
                .query(String.class)
                .list()
                .stream()
                .findFirst();
    }
}
