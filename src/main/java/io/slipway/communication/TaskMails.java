package io.slipway.communication;

import io.slipway.platform.process.Brief;
import io.slipway.platform.process.ProcessKeys;
import io.slipway.platform.process.StepObserver;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.platform.process.UserTasks;
import io.slipway.platform.web.EngineLinks;
import io.slipway.release.Notices;
import io.slipway.release.Release;
import io.slipway.release.ReleaseId;
import io.slipway.release.ReleaseScope;
import io.slipway.release.StoredIds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.task.IdentityLink;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells the candidates of every user task of it as soon as it is created: what, why, until when, and where. */
@Component
class TaskMails implements StepObserver {

    private static final Duration USUAL = Duration.ofDays(2);

    private final NoticeBook notices;
    private final ReleaseScope scope;
    private final UserTasks tasks;
    private final EngineLinks links;
    private final JdbcClient jdbc;
    private final CommunicationSettings settings;
    private final Clock clock;

    TaskMails(
            NoticeBook notices,
            ReleaseScope scope,
            @Lazy UserTasks tasks,
            EngineLinks links,
            JdbcClient jdbc,
            CommunicationSettings settings,
            Clock clock) {
        this.notices = notices;
        this.scope = scope;
        this.tasks = tasks;
        this.links = links;
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void opened(DelegateTask task, Brief brief) {
        Set<String> groups = task.getCandidates().stream()
                .map(IdentityLink::getGroupId)
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
        if (groups.isEmpty()) {
            return;
        }
        Optional<Release> release = scope.find(task.getExecution());
        String about = String.valueOf(task.getExecution().getProcessBusinessKey());
        Instant now = clock.instant();
        Instant due =
                task.getDueDate() == null ? now.plus(USUAL) : task.getDueDate().toInstant();
        String page = tasks.handler(ProcessKeys.of(task.getProcessDefinitionId()), task.getTaskDefinitionKey())
                .map((UserTaskHandler handler) -> handler.page(task))
                .orElse("/releases");
        List<Notices.Fact> facts = new ArrayList<>();
        facts.add(new Notices.Fact("About", about));
        facts.add(new Notices.Fact("Until", due.toString()));
        brief.facts().forEach(fact -> facts.add(new Notices.Fact(fact.label(), fact.value())));
        List<String> paragraphs = new ArrayList<>();
        paragraphs.add(brief.heading());
        if (task.getDescription() != null && !task.getDescription().isBlank()) {
            paragraphs.add(task.getDescription());
        }
        notices.keep(
                new Notices.Notice(
                        "task/" + task.getId(),
                        release.map(Release::id),
                        "task.opened",
                        new Notices.Audience(groups, Set.of()),
                        task.getName() + ": " + about,
                        paragraphs,
                        facts,
                        page),
                links(task.getId(), page));
        watch(task, groups, about, release.map(Release::id), page, now, due);
    }

    List<Letter.Link> links(String task, String page) {
        return List.of(
                new Letter.Link("Open the task in Tasklist", links.task(task)),
                new Letter.Link("Read more about it", page));
    }

    private void watch(
            DelegateTask task,
            Set<String> groups,
            String about,
            Optional<ReleaseId> release,
            String page,
            Instant now,
            Instant due) {
        Duration whole = Duration.between(now, due);
        Duration before = settings.remindBefore().compareTo(whole.dividedBy(2)) < 0
                ? settings.remindBefore()
                : whole.dividedBy(2);
        jdbc.sql(
                        "insert into task_watch (task_id, task_name, subject_key, release_id, group_names, page, remind_at, due_at)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        task.getId(),
                        Columns.fitting(String.valueOf(task.getName()), 255),
                        about,
                        release.map(StoredIds::bytes).orElse(null),
                        String.join(",", groups),
                        page,
                        Columns.at(due.minus(before)),
                        Columns.at(due))
                .update();
    }
}
