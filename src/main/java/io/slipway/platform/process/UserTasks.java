package io.slipway.platform.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.spin.json.SpinJsonNode;
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
    private final RoleCatalog roles;
    private final EngineAccess access;
    private final ObjectMapper json;
    private final String baseUrl;

    UserTasks(
            ObjectProvider<UserTaskHandler> handlers,
            ObjectProvider<TaskRule> rules,
            ObjectProvider<ClaimRule> claimRules,
            ObjectProvider<StepObserver> observers,
            RoleCatalog roles,
            EngineAccess access,
            ObjectMapper json,
            @Value("${slipway.base-url}") String baseUrl) {
        this.handlers = handlers;
        this.rules = rules;
        this.claimRules = claimRules;
        this.observers = observers;
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
        for (IdentityLink link : Set.copyOf(task.getCandidates())) {
            String role = link.getGroupId();
            if (role != null) {
                String group = roles.groupOf(role, task.getExecution());
                if (!group.equals(role)) {
                    task.deleteCandidateGroup(role);
                    task.addCandidateGroup(group);
                }
            }
        }
        UserTaskHandler handler = require(task);
        DelegateExecution execution = task.getExecution();
        handler.inputs().forEach(input -> {
            task.setVariableLocal(
                    input,
                    handler.lists().contains(input) ? SpinValues.jsonValue("[]").create() : null);
            // What an earlier round decided under the same name must not pass for this person's input.
            execution.removeVariable(input);
        });
        brief(task);
    }

    /** Writes what the person reads before deciding. */
    void brief(DelegateTask task) {
        Brief brief = require(task)
                .brief(task)
                .link("pageLink", baseUrl + "/releases/" + task.getExecution().getProcessBusinessKey())
                .link("confirmLink", baseUrl + "/confirm/" + task.getId());
        try {
            task.setVariableLocal(
                    BRIEF, SpinValues.jsonValue(json.writeValueAsString(brief)).create());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The brief of " + task.getTaskDefinitionKey() + " cannot be written", e);
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
        handler.inputs().forEach(input -> inputs.put(input, taken(task, input)));
        Submission submission = Submission.of(person, inputs);
        rules.orderedStream().forEach(rule -> rule.check(task, handler, submission));
        handler.complete(task, submission);
        observers.orderedStream().forEach(observer -> observer.decided(task, submission));
    }

    /** A submitted form fills the task's own variables, a plain completion those of the process; neither leaves anything behind. */
    private static @Nullable Object taken(DelegateTask task, String input) {
        Object own = task.getVariableLocal(input);
        boolean filled = own != null
                && !(own instanceof SpinJsonNode list
                        && list.isArray()
                        && list.elements().isEmpty());
        Object given = filled ? null : task.getExecution().getVariable(input);
        if (given == null) {
            return own;
        }
        task.getExecution().removeVariable(input);
        return given;
    }

    /** Asks the drawing for the roles, not the task's links, which a candidate could change. */
    private void checkRole(DelegateTask task, TaskDefinition definition, String person) {
        Set<String> wanted = definition.getCandidateGroupIdExpressions().stream()
                .map(expression -> String.valueOf(expression.getValue(task)))
                .flatMap(groups -> List.of(groups.split(",")).stream())
                .map(role -> roles.groupOf(role.strip(), task.getExecution()))
                .collect(Collectors.toSet());
        if (access.groupsOf(person).stream().noneMatch(wanted::contains)) {
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
