package io.slipway.platform.nodes;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Tells that this node lives, and which others do. */
@Service
public class Nodes {

    private static final Logger LOG = LoggerFactory.getLogger(Nodes.class);

    /** Heartbeats within which others give a sign again when the database is back. */
    private static final int RETURN = 3;

    private final JdbcClient jdbc;
    private final NodeSettings settings;
    private final Clock clock;
    private final String name;
    private final String incarnation = UUID.randomUUID().toString();

    /** When this node gave its last sign, by the time of the JVM. */
    private volatile long sign = System.nanoTime();

    /** From when on this node judges others. */
    private volatile long judging = sign;

    Nodes(JdbcClient jdbc, NodeSettings settings, Clock clock, NodeName name) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
        this.name = name.value();
    }

    /** What this node is called. */
    public String name() {
        return name;
    }

    /** What this node is known by until it ends. */
    String incarnation() {
        return incarnation;
    }

    /** All nodes that were ever here and not removed, by name. */
    public List<Node> all() {
        return jdbc.sql(
                        "select node_name, incarnation, state, started_at, seen_at, clock_ahead_ms, localtimestamp(6) as now"
                                + " from node order by node_name limit 200")
                .query((row, index) -> new Node(
                        row.getString(1),
                        row.getString(2),
                        "STOPPED".equals(row.getString(3)),
                        row.getTimestamp(4).toInstant(),
                        row.getTimestamp(5).toInstant(),
                        Duration.between(
                                row.getTimestamp(5).toInstant(),
                                row.getTimestamp(7).toInstant()),
                        Duration.ofMillis(row.getLong(6))))
                .list();
    }

    /**
     * Nodes that gave no sign for too long and never said that they stop. While this node could give none itself, and for a moment after
     * it, none is: the database was away, for the others as well.
     */
    public List<Node> dead() {
        long now = System.nanoTime();
        if (now - sign > settings.silence().toNanos() || now - judging < 0) {
            return List.of();
        }
        return all().stream()
                .filter(node -> !node.stopped() && node.silentFor().compareTo(settings.silence()) > 0)
                .toList();
    }

    /** Takes the row of this name over from whoever had it before. */
    void begin() {
        sign = System.nanoTime();
        if (become() == 0) {
            try {
                jdbc.sql("insert into node (node_name, incarnation, state, started_at, seen_at, clock_ahead_ms)"
                                + " values (?, ?, 'RUNNING', localtimestamp(6), localtimestamp(6), 0)")
                        .params(name, incarnation)
                        .update();
            } catch (DuplicateKeyException sameNameAtTheSameMoment) {
                become();
            }
        }
    }

    private int become() {
        return jdbc.sql("update node set incarnation = ?, state = 'RUNNING', started_at = localtimestamp(6),"
                        + " seen_at = localtimestamp(6) where node_name = ?")
                .params(incarnation, name)
                .update();
    }

    /** Gives a sign of life. */
    void beat() {
        Instant before = clock.instant();
        Instant database = jdbc.sql("select localtimestamp(6)")
                .query(Timestamp.class)
                .single()
                .toInstant();
        long ahead = ahead(before, database, clock.instant()).toMillis();
        int mine = jdbc.sql("update node set seen_at = localtimestamp(6), clock_ahead_ms = ? where node_name = ?"
                        + " and incarnation = ? and state = 'RUNNING'")
                .params(ahead, name, incarnation)
                .update();
        if (mine == 0) {
            LOG.error(
                    "Another node calls itself {}, or its row was removed; please give each a name of its own by"
                            + " slipway.node.name",
                    name);
            begin();
        }
        long now = System.nanoTime();
        if (now - sign > settings.silence().toNanos()) {
            judging = now + settings.heartbeat().multipliedBy(RETURN).toNanos();
        }
        sign = now;
    }

    /** How far apart the clocks are at least: the database answered at some moment between these two, however long that took. */
    private static Duration ahead(Instant before, Instant database, Instant after) {
        if (database.isBefore(before)) {
            return Duration.between(database, before);
        }
        return database.isAfter(after) ? Duration.between(database, after) : Duration.ZERO;
    }

    /** Says that it stops: its silence is no alarm, and its turns are free. */
    void end() {
        jdbc.sql("delete from node_turn where holder = ?").param(incarnation).update();
        jdbc.sql(
                        "update node set state = 'STOPPED', seen_at = localtimestamp(6) where node_name = ? and incarnation = ?")
                .params(name, incarnation)
                .update();
    }

    /** Takes a dead or stopped node off the list; one that lives stays. */
    public boolean remove(String dead) {
        return all().stream()
                        .filter(node -> node.name().equals(dead))
                        .anyMatch(node -> node.stopped() || node.silentFor().compareTo(settings.silence()) > 0)
                && jdbc.sql("delete from node where node_name = ?").param(dead).update() > 0;
    }
}
