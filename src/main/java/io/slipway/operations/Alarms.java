package io.slipway.operations;

import io.slipway.operations.Alarm.Found;
import io.slipway.platform.nodes.Node;
import io.slipway.platform.nodes.Nodes;
import io.slipway.platform.text.Beginning;
import io.slipway.release.Notices;
import io.slipway.release.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.ManagementService;
import org.springframework.context.annotation.Lazy;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks for what operations has to know: each alarm is raised once, told once, and cleared when a later look finds it gone. An open
 * alarm holds its key in a column of its own, which is unique, so that of two nodes that look at once one tells.
 */
@Service
public class Alarms {

    private static final int MOST = 50;
    private static final int LONGEST_SUBJECT = 300;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Notices notices;
    private final Nodes nodes;
    private final Figures figures;
    private final ManagementService jobs;
    private final ExternalTaskService works;
    private final AlarmSettings settings;
    private final Clock clock;

    Alarms(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Notices notices,
            Nodes nodes,
            Figures figures,
            @Lazy ManagementService jobs,
            @Lazy ExternalTaskService works,
            AlarmSettings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.notices = notices;
        this.nodes = nodes;
        this.figures = figures;
        this.jobs = jobs;
        this.works = works;
        this.settings = settings;
        this.clock = clock;
    }

    /** Alarms that last, the oldest first. */
    public List<Alarm> open() {
        return jdbc.sql("select id, alarm_key, kind, cause, remedy, raised_at, cleared_at from alarm"
                        + " where cleared_at is null order by id limit 200")
                .query((row, index) -> alarm(row))
                .list();
    }

    /** Alarms that are over, the newest first. */
    public List<Alarm> cleared() {
        return jdbc.sql("select id, alarm_key, kind, cause, remedy, raised_at, cleared_at from alarm"
                        + " where cleared_at is not null order by cleared_at desc, id desc limit 20")
                .query((row, index) -> alarm(row))
                .list();
    }

    /** How many last. */
    long count() {
        return jdbc.sql("select count(*) from alarm where cleared_at is null")
                .query(Long.class)
                .single();
    }

    private static Alarm alarm(ResultSet row) throws SQLException {
        return new Alarm(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getTimestamp(6).toInstant(),
                Optional.ofNullable(row.getTimestamp(7)).map(Timestamp::toInstant));
    }

    /** Raises what is new and clears what is gone. Of a kind that there is more of than is looked at, nothing is known to be gone. */
    public void look() {
        List<Found> all = found();
        Set<String> cut =
                all.stream().collect(Collectors.groupingBy(Found::kind, Collectors.counting())).entrySet().stream()
                        .filter(kind -> kind.getValue() >= MOST)
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet());
        Map<String, Found> found =
                all.stream().collect(Collectors.toMap(Found::key, Function.identity(), (one, same) -> one));
        Map<String, Alarm> known =
                open().stream().collect(Collectors.toMap(Alarm::key, Function.identity(), (one, same) -> one));
        found.values().stream().filter(alarm -> !known.containsKey(alarm.key())).forEach(this::raise);
        known.values().stream()
                .filter(alarm -> !found.containsKey(alarm.key()) && !cut.contains(alarm.kind()))
                .forEach(this::clear);
    }

    private List<Found> found() {
        List<Found> found = new ArrayList<>();
        nodes.dead().forEach(node -> found.add(dead(node)));
        nodes.all().stream()
                .filter(node -> !node.stopped() && node.clockAhead().abs().compareTo(settings.clockOff()) > 0)
                .forEach(node -> found.add(new Found(
                        "clock/" + node.name(),
                        "clock-differs",
                        "The clock of node " + node.name() + " differs from the database's by "
                                + node.clockAhead().abs().toSeconds() + " s; leases are judged wrongly there.",
                        "Let the machine take its time from the same source as the database.")));
        jobs.createJobQuery()
                .noRetriesLeft()
                .active()
                .listPage(0, MOST)
                .forEach(job -> found.add(new Found(
                        "job/" + job.getId(),
                        "job-failed",
                        "A job of process instance " + job.getProcessInstanceId() + " failed at every attempt: "
                                + Optional.ofNullable(job.getExceptionMessage()).orElse("no message was kept"),
                        "Find the instance in Cockpit, remove the cause, and raise the retries of the job.")));
        works.createExternalTaskQuery()
                .noRetriesLeft()
                .active()
                .listPage(0, MOST)
                .forEach(
                        work -> found.add(
                                new Found(
                                        "work/" + work.getId(),
                                        "work-failed",
                                        work.getTopicName() + " of " + work.getBusinessKey()
                                                + " failed at every attempt: "
                                                + Optional.ofNullable(work.getErrorMessage())
                                                        .orElse("no message was kept"),
                                        "Find the instance in Cockpit, remove the cause, and raise the retries of the external task.")));
        long late = figures.jobsDueBefore(clock.instant().minus(settings.jobsLate()));
        if (late > 0) {
            found.add(
                    new Found(
                            "jobs-late",
                            "jobs-late",
                            "Jobs are due for more than " + settings.jobsLate().toSeconds()
                                    + " s and no node has done them.",
                            "See whether a node with a running job executor lives, and whether its log tells of the database."));
        }
        found.addAll(stuckEffects());
        return found;
    }

    private static Found dead(Node node) {
        return new Found(
                "node/" + node.name() + "/" + node.incarnation(),
                "node-dead",
                "Node " + node.name() + " fell silent and never said that it stops.",
                "Start it again under the same name, or take it off the list; the other nodes go on with its work.");
    }

    private List<Found> stuckEffects() {
        return jdbc.sql("select effect_key, business_key, step, target from effect where state in"
                        + " ('STARTED', 'UNKNOWN', 'UNDOING', 'UNDO_UNKNOWN') and started_at <= ? order by started_at limit "
                        + MOST)
                .param(Timestamp.from(clock.instant().minus(settings.effectsLate())))
                .query((row, index) -> new Found(
                        "effect/" + row.getString(1),
                        "effect-stuck",
                        row.getString(3) + " on " + row.getString(4) + " of " + row.getString(2)
                                + " is neither done nor refused.",
                        "See the incident of the release; retry it when the target can be reached."))
                .list();
    }

    private void raise(Found alarm) {
        try {
            transaction.executeWithoutResult(status -> {
                jdbc.sql(
                                "insert into alarm (open_key, alarm_key, kind, cause, remedy, raised_at) values (?, ?, ?, ?, ?, ?)")
                        .params(
                                alarm.key(),
                                alarm.key(),
                                alarm.kind(),
                                alarm.cause(),
                                alarm.remedy(),
                                Timestamp.from(clock.instant()))
                        .update();
                long id = jdbc.sql("select id from alarm where open_key = ?")
                        .param(alarm.key())
                        .query(Long.class)
                        .single();
                tell(id, "raised", alarm.kind(), "Alarm: " + alarm.cause(), List.of(alarm.cause(), alarm.remedy()));
            });
        } catch (DuplicateKeyException otherNodeWasFaster) {
            // It is raised and told.
        }
    }

    private void clear(Alarm alarm) {
        transaction.executeWithoutResult(status -> {
            int cleared = jdbc.sql(
                            "update alarm set open_key = null, cleared_at = ? where id = ? and cleared_at is null")
                    .params(Timestamp.from(clock.instant()), alarm.id())
                    .update();
            if (cleared > 0) {
                tell(
                        alarm.id(),
                        "cleared",
                        alarm.kind(),
                        "Over: " + alarm.cause(),
                        List.of("This is over: " + alarm.cause()));
            }
        });
    }

    private void tell(long id, String moment, String kind, String subject, List<String> paragraphs) {
        notices.tell(new Notices.Notice(
                "alarm/" + id + "/" + moment,
                Optional.empty(),
                "operations.alarm" + (moment.equals("raised") ? "Raised" : "Cleared"),
                new Notices.Audience(Set.of(Role.OPERATIONS.group()), Set.of()),
                Beginning.of(subject, LONGEST_SUBJECT),
                paragraphs,
                List.of(new Notices.Fact("Kind", kind)),
                "/operations"));
    }
}
