package io.slipway.demo.autopilot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.communication.Acknowledgements;
import io.slipway.demo.SamplePeople;
import io.slipway.demo.SamplePeople.SamplePerson;
import io.slipway.governance.confirmations.Confirmations;
import io.slipway.integration.incidents.IncidentRegister;
import io.slipway.integration.incidents.NewIncident;
import io.slipway.packaging.Packages;
import io.slipway.platform.process.EngineAccess;
import io.slipway.platform.process.UserTasks;
import io.slipway.quality.Gates;
import io.slipway.quality.board.BoardVote;
import io.slipway.quality.board.BoardVotes;
import io.slipway.release.NewRelease;
import io.slipway.release.Release;
import io.slipway.release.ReleaseDesk;
import io.slipway.release.Role;
import io.slipway.schedule.incidents.Incidents;
import io.slipway.schedule.lockdowns.Lockdowns;
import io.slipway.scope.Scopes;
import io.slipway.validation.operability.Operability;
import io.slipway.validation.review.PointKind;
import io.slipway.validation.review.Reviews;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.VariableInstance;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Lets a person of the demo do what the person would do by hand: the same calls as Tasklist and our pages, in the person's name and
 * with no more rights than the person has.
 */
@Component
@Profile("demo")
public class Actors {

    private static final Pattern RECEIPT = Pattern.compile("/acknowledge/(\\d+)\\?until=(\\d+)&mark=([0-9a-f]+)");

    private final SamplePeople people;
    private final EngineAccess access;
    private final TaskService tasks;
    private final RuntimeService runtime;
    private final FormService forms;
    private final ReleaseDesk releases;
    private final Scopes scopes;
    private final Packages packages;
    private final Gates gates;
    private final Confirmations confirmations;
    private final BoardVotes votes;
    private final Reviews reviews;
    private final Operability operability;
    private final Incidents incidents;
    private final IncidentRegister register;
    private final Lockdowns lockdowns;
    private final Acknowledgements receipts;
    private final ObjectMapper json;

    Actors(
            SamplePeople people,
            EngineAccess access,
            @Lazy TaskService tasks,
            @Lazy RuntimeService runtime,
            @Lazy FormService forms,
            ReleaseDesk releases,
            Scopes scopes,
            Packages packages,
            Gates gates,
            Confirmations confirmations,
            BoardVotes votes,
            Reviews reviews,
            Operability operability,
            Incidents incidents,
            IncidentRegister register,
            Lockdowns lockdowns,
            Acknowledgements receipts,
            ObjectMapper json) {
        this.people = people;
        this.access = access;
        this.tasks = tasks;
        this.runtime = runtime;
        this.forms = forms;
        this.releases = releases;
        this.scopes = scopes;
        this.packages = packages;
        this.gates = gates;
        this.confirmations = confirmations;
        this.votes = votes;
        this.reviews = reviews;
        this.operability = operability;
        this.incidents = incidents;
        this.register = register;
        this.lockdowns = lockdowns;
        this.receipts = receipts;
        this.json = json;
    }

    /** The person who signs in by this name. */
    public SamplePerson named(String login) {
        return people.named(login);
    }

    /** Requests a release on the page of releases. */
    public Release request(SamplePerson who, NewRelease request) {
        return as(who, () -> releases.request(request, people.idOf(who)));
    }

    /** The tasks that wait in all processes of a release, the oldest first. */
    public List<Task> openTasks(String releaseKey) {
        return access.asSystem(() -> tasks.createTaskQuery()
                .processInstanceBusinessKey(releaseKey)
                .orderByTaskCreateTime()
                .asc()
                .list());
    }

    /** Who of the demo could take a task: whoever holds it, or else everybody with a role that it is offered to. */
    public List<SamplePerson> candidates(Task task) {
        if (task.getAssignee() != null) {
            return people.all().stream()
                    .filter(person -> people.idOf(person).equals(task.getAssignee()))
                    .toList();
        }
        List<String> groups = access.asSystem(() -> tasks.getIdentityLinksForTask(task.getId())).stream()
                .map(IdentityLink::getGroupId)
                .toList();
        return people.all().stream()
                .filter(person -> groups.contains(person.group()))
                .toList();
    }

    /** What the form of a task shows. */
    public JsonNode brief(Task task) {
        Object brief = access.asSystem(() -> tasks.getVariableLocal(task.getId(), UserTasks.BRIEF));
        try {
            return json.readTree(
                    Optional.ofNullable(brief).map(Object::toString).orElse("{}"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The brief of '" + task.getName() + "' is no JSON", e);
        }
    }

    /** Takes a task and submits its form, as Tasklist does. */
    public void complete(SamplePerson who, Task task, Map<String, Object> inputs) {
        as(who, () -> {
            if (task.getAssignee() == null) {
                tasks.claim(task.getId(), people.idOf(who));
            }
            forms.submitTaskForm(task.getId(), inputs);
            return true;
        });
    }

    /** Confirms a decision with the password, as the page for it does. */
    public void confirm(SamplePerson who, Task task, String decision) {
        as(who, () -> confirmations.confirm(people.idOf(who), SamplePeople.PASSWORD, task.getId(), decision));
    }

    /** Hands in the items of a release on its page. */
    public int handInItems(SamplePerson who, Release release, Path csv) {
        return as(who, () -> scopes.importItems(release, people.idOf(who), bytes(csv)));
    }

    /** Attests on the page of a release what has to follow it; for each update somebody who may. */
    public void attestUpdates(Release release) {
        for (Operability.Required update : operability.required(release)) {
            people.all().stream()
                    .filter(person -> operability.mayAttest(release, update, people.idOf(person)))
                    .findFirst()
                    .ifPresent(person -> as(person, () -> {
                        operability.attest(
                                release,
                                people.idOf(person),
                                update.kind().name(),
                                "Written down and tried for " + release.version() + ".");
                        return true;
                    }));
        }
    }

    /** Hands in a file of the package on the page of the release. */
    public void handInFile(SamplePerson who, Release release, Path file) {
        as(who, () -> {
            try (InputStream content = Files.newInputStream(file)) {
                return packages.handIn(release, file.getFileName().toString(), content, people.idOf(who));
            } catch (IOException e) {
                throw new UncheckedIOException(file + " cannot be handed in", e);
            }
        });
    }

    /** Hands in the results of a version's tests for the gate of an environment, on the page of the release. */
    public void handInTestReport(SamplePerson who, Release release, String environment, Path report) {
        as(who, () -> {
            try (InputStream content = Files.newInputStream(report)) {
                return gates.supply(release, environment, report.getFileName().toString(), content, people.idOf(who));
            } catch (IOException e) {
                throw new UncheckedIOException(report + " cannot be handed in", e);
            }
        });
    }

    /** Votes that are open over gates of a release. */
    public List<BoardVote> openVotes(Release release) {
        return votes.of(release).stream().filter(BoardVote::open).toList();
    }

    /** Casts a ballot on the page of the release; one that was cast before is left as it is. */
    public void vote(
            SamplePerson who,
            Release release,
            BoardVote vote,
            BoardVote.Choice choice,
            String reason,
            String condition) {
        as(who, () -> votes.cast(release, vote.number(), choice, reason, condition, people.idOf(who)));
    }

    /** Says on the page of the review what contributed, and what somebody does about it until when. */
    public void addToReview(SamplePerson who, Release release, String factor, String action, Role owner, Instant due) {
        as(who, () -> {
            reviews.add(release, people.idOf(who), PointKind.FACTOR, factor);
            reviews.addAction(release, people.idOf(who), action, owner, due);
            return true;
        });
    }

    /** Enters an incident on the page of incidents. */
    public void reportIncident(SamplePerson who, NewIncident incident) {
        as(who, () -> incidents.open(people.idOf(who), incident));
    }

    /** Says that an incident is over. */
    public void resolveIncident(SamplePerson who, String key) {
        as(who, () -> incidents.resolve(people.idOf(who), key, Optional.empty(), Optional.empty()));
    }

    /** Whether an incident was entered. */
    public boolean isReported(String incident) {
        return register.find(incident).isPresent();
    }

    /** Whether an incident was entered and is over. */
    public boolean hasEnded(String incident) {
        return register.find(incident).filter(known -> !known.unresolved()).isPresent();
    }

    /** Whether a lockdown keeps a release from production. */
    public boolean isLockedDown(Release release) {
        return lockdowns.covering(release).isPresent();
    }

    /** Tasks of this kind that wait, whatever they belong to. */
    public List<Task> openTasksOf(String task) {
        return access.asSystem(
                () -> tasks.createTaskQuery().taskDefinitionKey(task).active().listPage(0, 10));
    }

    /** The opaque id under which the records keep somebody. */
    public String idOf(SamplePerson who) {
        return people.idOf(who);
    }

    /** The person whose answer a task of a trade-off waits for; empty when anybody with the role may give it. */
    public Optional<SamplePerson> asked(Task task) {
        Optional<String> owner = text(task, "tradeOffOwner");
        return people.all().stream()
                .filter(person -> owner.filter(people.idOf(person)::equals).isPresent())
                .findFirst();
    }

    /** The key of the obligation that a task is about; empty when there is none, or it is done meanwhile. */
    public Optional<String> obligation(Task task) {
        return text(task, "obligationKey");
    }

    private Optional<String> text(Task task, String variable) {
        List<VariableInstance> known = access.asSystem(() -> runtime.createVariableInstanceQuery()
                .processInstanceIdIn(task.getProcessInstanceId())
                .variableName(variable)
                .list());
        return known.stream()
                .filter(value -> value.getExecutionId().equals(task.getExecutionId()))
                .findFirst()
                .or(() -> known.stream().findFirst())
                .map(VariableInstance::getValue)
                .map(Object::toString);
    }

    /** Confirms to have read a mail by the link in it, as its page does. */
    public void acknowledge(SamplePerson who, String mail) {
        Matcher link = RECEIPT.matcher(mail);
        if (!link.find()) {
            throw new IllegalStateException("The mail to " + who + " has no link to confirm it");
        }
        as(who, () -> {
            receipts.acknowledge(
                    Long.parseLong(link.group(1)), people.idOf(who), Long.parseLong(link.group(2)), link.group(3));
            return true;
        });
    }

    /** Whether a person has cast a ballot in a vote. */
    public boolean hasVoted(SamplePerson who, BoardVote vote) {
        return vote.ballots().stream().anyMatch(ballot -> ballot.person().equals(people.idOf(who)));
    }

    /** The environment that a task is about. */
    public String environment(Task task) {
        return access.asSystem(() -> String.valueOf(tasks.getVariable(task.getId(), "environment")));
    }

    private <T> T as(SamplePerson who, Supplier<T> deed) {
        return access.as(people.idOf(who), deed);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}
