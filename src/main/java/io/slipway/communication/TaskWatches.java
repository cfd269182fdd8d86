package io.slipway.communication;

import io.slipway.platform.process.EngineAccess;
import io.slipway.release.Notices;
import io.slipway.release.ReleaseId;
import io.slipway.release.StoredIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reminds people of tasks, or whoever took one, before they are due, and tells the deputies of a role when a task of it is due and not
 * done. Each is told once, by whichever node claims the row.
 */
@Service
class TaskWatches {

    private static final int AT_ONCE = 200;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final TaskService tasks;
    private final EngineAccess access;
    private final NoticeBook notices;
    private final TaskMails mails;
    private final Deputies deputies;
    private final Clock clock;

    TaskWatches(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            @Lazy TaskService tasks,
            EngineAccess access,
            NoticeBook notices,
            TaskMails mails,
            Deputies deputies,
            Clock clock) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.tasks = tasks;
        this.access = access;
        this.notices = notices;
        this.mails = mails;
        this.deputies = deputies;
        this.clock = clock;
    }

    private record Watched(
            String task,
            String name,
            String about,
            Optional<ReleaseId> release,
            Set<String> groups,
            String page,
            Instant due) {}

    void sweep() {
        due("escalated_at", "due_at").forEach(watched -> claim(watched, "escalated_at"));
        due("reminded_at", "remind_at").forEach(watched -> claim(watched, "reminded_at"));
    }

    private List<Watched> due(String done, String moment) {
        return jdbc.sql("select * from task_watch where " + done + " is null and " + moment + " <= ? order by " + moment
                        + " limit " + AT_ONCE)
                .param(Columns.at(clock.instant()))
                .query((row, index) -> watched(row))
                .list();
    }

    private void claim(Watched watched, String column) {
        transaction.executeWithoutResult(status -> {
            Task task = access.asSystem(
                    () -> tasks.createTaskQuery().taskId(watched.task()).singleResult());
            if (task == null) {
                jdbc.sql("delete from task_watch where task_id = ?")
                        .param(watched.task())
                        .update();
                return;
            }
            int claimed = jdbc.sql(
                            "update task_watch set " + column + " = ? where task_id = ? and " + column + " is null")
                    .params(Columns.at(clock.instant()), watched.task())
                    .update();
            if (claimed == 0) {
                return;
            }
            if (column.equals("escalated_at")) {
                escalate(watched, task);
            } else if (watched.due().isAfter(clock.instant())) {
                remind(watched, Optional.ofNullable(task.getAssignee()));
            }
        });
    }

    /** Reminds whoever took the task, and everybody who may while nobody did. */
    private void remind(Watched watched, Optional<String> assignee) {
        notices.keep(
                new Notices.Notice(
                        "task/" + watched.task() + "/reminder",
                        watched.release(),
                        "task.reminded",
                        assignee.map(person -> new Notices.Audience(Set.of(), Set.of(person)))
                                .orElseGet(() -> new Notices.Audience(watched.groups(), Set.of())),
                        "Reminder: " + watched.name() + ": " + watched.about(),
                        List.of(
                                assignee.isPresent()
                                        ? "You have taken this task, and it is due soon."
                                        : "Nobody has taken this task yet, and it is due soon."),
                        List.of(
                                new Notices.Fact("Task", watched.name()),
                                new Notices.Fact("About", watched.about()),
                                new Notices.Fact("Until", watched.due().toString())),
                        watched.page()),
                mails.links(watched.task(), watched.page()));
    }

    private void escalate(Watched watched, Task task) {
        Set<String> told = new LinkedHashSet<>();
        watched.groups().forEach(group -> told.addAll(deputies.groupsFor(group)));
        if (told.isEmpty()) {
            return;
        }
        notices.keep(
                new Notices.Notice(
                        "task/" + watched.task() + "/escalation",
                        watched.release(),
                        "task.escalated",
                        new Notices.Audience(told, Set.of()),
                        "Overdue: " + watched.name() + ": " + watched.about(),
                        List.of(
                                task.getAssignee() == null
                                        ? "This task is due and nobody has taken it. You are the deputy of those who should;"
                                                + " please see to it that somebody does it."
                                        : "This task is due and somebody has taken it without finishing it. You are the deputy;"
                                                + " please see to it that it is done."),
                        List.of(
                                new Notices.Fact("Task", watched.name()),
                                new Notices.Fact("About", watched.about()),
                                new Notices.Fact("For", String.join(", ", watched.groups())),
                                new Notices.Fact("Was due", watched.due().toString())),
                        watched.page()),
                mails.links(watched.task(), watched.page()));
    }

    private static Watched watched(ResultSet row) throws SQLException {
        return new Watched(
                row.getString("task_id"),
                row.getString("task_name"),
                row.getString("subject_key"),
                StoredIds.releaseIdIf(row.getBytes("release_id")),
                new LinkedHashSet<>(Arrays.asList(row.getString("group_names").split(",", -1))),
                row.getString("page"),
                Columns.requireMoment(row, "due_at"));
    }
}
