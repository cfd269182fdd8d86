package io.slipway.platform.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.spin.plugin.variable.SpinValues;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * What happens to every user task of every model: it is prepared when it is created, and checked when a person takes or completes
 * it. The listeners are built in, so that neither a drawing nor a request that skips custom listeners can leave them out.
 */
@Component
public class UserTasks {

    /** The task-local variable that forms read. */
    public static final String BRIEF = "brief";

    private final ObjectProvider<UserTaskHandler> handlers;
    private final ObjectProvider<TaskRule> rules;
    private final ObjectProvider<ClaimRule> claimRules;
    private final ObjectProvider<StepObserver> observers;
    private final ObjectProvider<LentRoles> lent;
    private final RoleCatalog roles;
    private final EngineAccess access;
    private final ObjectMapper json;
    private final String baseUrl;

    UserTasks(
            ObjectProvider<UserTaskHandler> handlers,
            ObjectProvider<TaskRule> rules,
            ObjectProvider<ClaimRule> claimRules,
            ObjectProvider<StepObserver> observers,
            ObjectProvider<LentRoles> lent,
            RoleCatalog roles,
            EngineAccess access,
            ObjectMapper json,
            @Value("${slipway.base-url}") String baseUrl) {
        this.handlers = handlers;
        this.rules = rules;
        this.claimRules = claimRules;
        this.observers = observers;
        this.lent = lent;
        this.roles = roles;
        this.access = access;
        this.json = json;
        this.baseUrl = baseUrl;
    }

    /** The code behind a user task, if there is any. */
    public Optional<UserTaskHandler> handler(String process, String task) {
        return handlers.orderedStream()
                .filter(handler ->
                        handler.process().equals(process) && handler.task().equals(task))
                .findFirst();
    }

    /** Every user task that has code behind it. */
    public List<UserTaskHandler> all() {
        return handlers.orderedStream().toList();
    }

    void prepare(DelegateTask task) {
        UserTaskHandler handler = require(task);
        handler.inputs()
                .forEach(input -> task.setVariableLocal(
                        input,
                        handler.lists().contains(input)
                                ? SpinValues.jsonValue("[]").create()
                                : null));
        Brief brief = brief(task);
        observers.orderedStream().forEach(observer -> observer.opened(task, brief));
    }

    /** Roles as a drawing names them, separated by commas; those held for single systems become the group of the release's system. */
    List<String> groups(String named, DelegateExecution execution) {
        return Arrays.stream(named.split(","))
                .flatMap(role -> roles.groupsOf(role.strip(), execution).stream())
                .toList();
    }

    /** What the person reads before deciding, from the records as they are now. */
    Brief briefOf(DelegateTask task) {
        UserTaskHandler handler = require(task);
        return handler.brief(task)
                .link("pageLink", baseUrl + handler.page(task))
                .link("confirmLink", baseUrl + "/confirm/" + task.getId());
    }

    /** Writes what the person reads before deciding. */
    Brief brief(DelegateTask task) {
        Brief brief = briefOf(task);
        try {
            task.setVariableLocal(
                    BRIEF, SpinValues.jsonValue(json.writeValueAsString(brief)).create());
            return brief;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The brief of " + task.getTaskDefinitionKey() + " cannot be written", e);
        }
    }

    /**
     * Lets a person change of a task what concerns that person alone: who holds it, and when its holder wants to be reminded of it.
     *
     * @param changed names of the properties that the person changes
     */
    void checkChange(DelegateTask task, Set<String> changed) {
        Optional<String> person = access.person();
        if (person.isEmpty()) {
            return;
        }
        for (String property : changed) {
            boolean reminder =
                    property.equals(TaskEntity.FOLLOW_UP_DATE) && person.get().equals(task.getAssignee());
            if (reminder || property.equals(TaskEntity.ASSIGNEE)) {
                continue;
            }
            throw new TaskRefused("'" + property + "' of a task follows from its model and its release;"
                    + " only whoever holds the task changes its follow-up date.");
        }
    }

    /** Refuses variables of a completion that are no inputs of the task: gateways and later steps would read them. */
    void checkInputs(String process, String task, Set<String> given) {
        List<String> inputs =
                handler(process, task).map(UserTaskHandler::inputs).orElse(List.of());
        Set<String> foreign = new TreeSet<>(given);
        inputs.forEach(foreign::remove);
        if (!foreign.isEmpty()) {
            throw new TaskRefused(
                    "This task takes " + String.join(", ", inputs) + " and not " + String.join(", ", foreign) + ".");
        }
    }

    void checkClaim(DelegateTask task, TaskDefinition definition) {
        String person = task.getAssignee();
        if (person == null) {
            return;
        }
        checkRole(task, definition, person);
        UserTaskHandler handler = require(task);
        claimRules.orderedStream().forEach(rule -> rule.checkClaim(task, handler, person));
    }

    void complete(DelegateTask task, TaskDefinition definition) {
        String person = access.person()
                .orElseThrow(() ->
                        new TaskRefused("A task is completed by a signed-in person, never by the system itself."));
        checkRole(task, definition, person);
        if (!person.equals(task.getAssignee())) {
            throw new TaskRefused("Please claim the task first; only the person who holds it can complete it.");
        }
        UserTaskHandler handler = require(task);
        claimRules.orderedStream().forEach(rule -> rule.checkClaim(task, handler, person));
        Map<String, @Nullable Object> inputs = new LinkedHashMap<>();
        handler.inputs().forEach(input -> inputs.put(input, task.getVariableLocal(input)));
        Submission submission = Submission.of(person, inputs);
        rules.orderedStream().forEach(rule -> rule.check(task, handler, submission));
        handler.complete(task, submission);
        observers.orderedStream().forEach(observer -> observer.decided(task, submission));
    }

    /** Asks the drawing for the roles, not the task's links, which a candidate could change. */
    private void checkRole(DelegateTask task, TaskDefinition definition, String person) {
        Set<String> wanted = definition.getCandidateGroupIdExpressions().stream()
                .flatMap(groups -> ((Collection<?>) groups.getValue(task)).stream())
                .map(String::valueOf)
                .collect(Collectors.toSet());
        if (access.groupsOf(person).stream().noneMatch(wanted::contains)
                && lent.orderedStream()
                        .noneMatch(roles -> wanted.stream().anyMatch(group -> roles.lent(person, group, task)))) {
            throw new TaskRefused(
                    "This task is for " + String.join(" or ", wanted) + ", and you do not have that role.");
        }
    }

    private UserTaskHandler require(DelegateTask task) {
        String process = ProcessKeys.of(task.getProcessDefinitionId());
        return handler(process, task.getTaskDefinitionKey())
                .orElseThrow(() -> new TaskRefused("No code stands behind the task " + task.getTaskDefinitionKey()
                        + " of " + process + ", so nobody can decide it."));
    }
}
