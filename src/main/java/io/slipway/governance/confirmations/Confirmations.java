package io.slipway.governance.confirmations;

import io.slipway.platform.process.Brief;
import io.slipway.platform.process.EngineAccess;
import io.slipway.platform.process.OpenBriefs;
import io.slipway.platform.process.ProcessKeys;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.platform.process.UserTasks;
import io.slipway.platform.security.PasswordCheck;
import io.slipway.release.AuditTrail;
import io.slipway.release.NotFound;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes confirmations: a person who is signed in gives the password once more for one decision in one task over one content. Each
 * holds for five minutes and for one completion.
 */
@Service
public class Confirmations {

    /** How long a confirmation holds. */
    public static final Duration VALIDITY = Duration.ofMinutes(5);

    private final ConfirmationBook book;
    private final PasswordCheck passwords;
    private final UserTasks handlers;
    private final OpenBriefs briefs;
    private final TaskService tasks;
    private final RuntimeService runtime;
    private final Releases releases;
    private final EngineAccess access;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Confirmations(
            ConfirmationBook book,
            PasswordCheck passwords,
            UserTasks handlers,
            OpenBriefs briefs,
            @Lazy TaskService tasks,
            @Lazy RuntimeService runtime,
            Releases releases,
            EngineAccess access,
            AuditTrail audit,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.book = book;
        this.passwords = passwords;
        this.handlers = handlers;
        this.briefs = briefs;
        this.tasks = tasks;
        this.runtime = runtime;
        this.releases = releases;
        this.access = access;
        this.audit = audit;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /**
     * What a person sees before confirming.
     *
     * @param task id of the task
     * @param release key of the release
     * @param heading the decision to be made
     * @param facts what the task shows, as label and value
     * @param content what is confirmed
     * @param choices the decisions
     */
    public record Preview(
            String task,
            String release,
            String heading,
            List<Fact> facts,
            ConfirmedDecision.Content content,
            List<ConfirmedDecision.Choice> choices) {}

    /** One line of the facts. */
    public record Fact(String label, String value) {}

    /**
     * Shows a person what would be confirmed, told from the records as they are now.
     *
     * @throws NotFound when there is no such task for this person, or nothing of it is confirmed
     */
    public Preview preview(String person, String taskId) {
        Open open = open(person, taskId);
        Brief brief = briefs.read(taskId);
        List<Fact> facts = brief.facts().stream()
                .map(fact -> new Fact(fact.label(), fact.value()))
                .toList();
        return new Preview(
                taskId,
                open.release().key(),
                brief.heading(),
                facts,
                open.decision().content(open.release()),
                open.decision().choices());
    }

    /**
     * Confirms a decision; the person then completes the task with it within five minutes.
     *
     * @return until when it holds
     * @throws NotFound when there is no such task for this person, or nothing of it is confirmed
     * @throws Refused when the decision is none of the task, or the password is wrong or must wait
     */
    public Instant confirm(String person, String password, String taskId, String decision) {
        Open open = open(person, taskId);
        if (open.decision().choices().stream()
                .noneMatch(choice -> choice.value().equals(decision))) {
            throw new Refused("decision", "Please choose the decision that you want to confirm.");
        }
        if (!passwords.matches(person, password)) {
            throw new Refused(
                    "password",
                    "The password is wrong, or it was wrong shortly before; please wait some seconds and enter it again.");
        }
        Instant expiresAt = clock.instant().plus(VALIDITY);
        transaction.executeWithoutResult(status -> {
            ConfirmedDecision.Content content = open.decision().content(open.release());
            book.add(
                    new ConfirmationBook.Subject(person, taskId, decision, content.digest()),
                    clock.instant(),
                    expiresAt);
            audit.record(AuditTrail.Entry.of(
                    open.release().id(),
                    "confirmation.give",
                    open.task().getTaskDefinitionKey(),
                    Map.of(),
                    Map.of("person", person, "decision", decision, "content", content.digest())));
        });
        return expiresAt;
    }

    private record Open(Task task, ConfirmedDecision decision, Release release) {}

    private Open open(String person, String taskId) {
        Task task = access.asSystem(() -> tasks.createTaskQuery().taskId(taskId).singleResult());
        if (task == null || !concerns(person, task)) {
            throw new TaskGone();
        }
        UserTaskHandler handler = handlers.handler(
                        ProcessKeys.of(task.getProcessDefinitionId()), task.getTaskDefinitionKey())
                .orElseThrow(() -> new NotFound("task to confirm", taskId));
        if (!(handler instanceof ConfirmedDecision decision)) {
            throw new NotFound("task to confirm", taskId);
        }
        ProcessInstance instance = access.asSystem(() -> runtime.createProcessInstanceQuery()
                .processInstanceId(task.getProcessInstanceId())
                .singleResult());
        Release release = Optional.ofNullable(instance)
                .map(ProcessInstance::getBusinessKey)
                .flatMap(releases::find)
                .orElseThrow(() -> new NotFound("release of the task", taskId));
        return new Open(task, decision, release);
    }

    /** Whoever holds the task, or could take it while nobody does. */
    private boolean concerns(String person, Task task) {
        if (task.getAssignee() != null) {
            return task.getAssignee().equals(person);
        }
        List<String> groups = access.groupsOf(person);
        return access.asSystem(() -> tasks.getIdentityLinksForTask(task.getId())).stream()
                .anyMatch(link -> person.equals(link.getUserId()) || groups.contains(link.getGroupId()));
    }
}
