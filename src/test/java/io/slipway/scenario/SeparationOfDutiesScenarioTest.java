package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.Capability;
import io.slipway.demo.SampleLandscape;
import io.slipway.demo.SamplePeople;
import io.slipway.demo.SamplePeople.SamplePerson;
import io.slipway.platform.process.EngineAccess;
import io.slipway.platform.process.TaskRefused;
import io.slipway.platform.security.NewPerson;
import io.slipway.platform.security.People;
import io.slipway.release.Part;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import io.slipway.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * Requester, author, approver and deployer of a release are four people. Here everybody has the roles for all four, so that nothing
 * but the rule stands between them; they try in Tasklist, through the engine's interface and from Java.
 */
@GuardedApplication
@Tag("database")
@SuppressWarnings("NullAway.Init")
@Capability({"1.1", "5.1"})
class SeparationOfDutiesScenarioTest {

    private static final String VERSION = "4.0.0";
    private static final Set<String> EVERY_PART =
            Arrays.asList(Role.RELEASE_MANAGER, Role.DEVELOPER, Role.CHANGE_AUTHORITY, Role.DEPLOYER).stream()
                    .map(role -> role.groupFor(SampleLandscape.SYSTEM))
                    .collect(Collectors.toSet());

    @Autowired
    private ApplicationContext application;

    @Autowired
    private Callers callers;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private EngineAccess access;

    @Autowired
    private People people;

    @Autowired
    private SamplePeople sample;

    @Autowired
    private Releases releases;

    @Autowired
    private TaskService tasks;

    @Autowired
    private FormService forms;

    @Autowired
    private IdentityService identities;

    @Test
    void fourPartsAreFourPeopleOnEveryWay() {
        SamplePerson vera = withEveryRole("vera");
        SamplePerson arno = withEveryRole("arno");
        SamplePerson abel = withEveryRole("abel");
        SamplePerson dirk = withEveryRole("dirk");
        hand.haltAt(
                "storefront-" + VERSION,
                point -> point.process().equals("deploy-release")
                        && point.environment().equals(SampleLandscape.PRODUCTION));
        ReleaseStory story =
                ReleaseStory.requestedBy(vera, VERSION, "2.4.0", application).movedBy(hand::turn);

        story.goesOnTo("userTask_attestExitCriteria");
        refused(vera, story.awaited("userTask_attestExitCriteria"), Map.of("handOverNote", "Mine."), Part.REQUESTER);
        story.does(arno, "userTask_attestExitCriteria");

        story.goesOnTo("userTask_supplyFiles");
        refused(vera, story.awaited("userTask_supplyFiles"), Map.of("filesNote", "Mine."), Part.REQUESTER);

        story.goesOnTo("userTask_approveChange");
        Map<String, Object> approval = Map.of("approvalDecision", "APPROVE");
        refused(vera, story.awaited("userTask_approveChange"), approval, Part.REQUESTER);
        refused(arno, story.awaited("userTask_approveChange"), approval, Part.AUTHOR);
        withoutTheRole("oscar", story.awaited("userTask_approveChange"), approval);
        story.does(abel, "userTask_approveChange");

        story.goesOnTo("userTask_acceptGo");
        Map<String, Object> go = Map.of("goDecision", "GO");
        refused(vera, story.awaited("userTask_acceptGo"), go, Part.REQUESTER);
        refused(arno, story.awaited("userTask_acceptGo"), go, Part.AUTHOR);
        refused(abel, story.awaited("userTask_acceptGo"), go, Part.APPROVER);
        withoutTheRole("mara", story.awaited("userTask_acceptGo"), go);
        SamplePerson vito = withEveryRole("vito");
        refusedAtTheEnd(vito, story, story.awaited("userTask_acceptGo"), go);
        story.completes(dirk, "userTask_acceptGo", Map.of("goDecision", "NO_GO", "goReason", "Not tonight."));

        // What comes round again finds everybody in the part taken before.
        story.goesOnTo("userTask_approveChange");
        refused(dirk, story.awaited("userTask_approveChange"), approval, Part.DEPLOYER);
        HttpResponse<String> changed = callers.program(vera.login())
                .json(
                        "POST",
                        "/api/v1/releases/" + story.key() + "/content-change",
                        callers.write(Map.of("reason", "An item is missing.")));
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        story.goesOnTo("userTask_attestExitCriteria");
        Map<String, Object> handOver = Map.of("handOverNote", "Mine.");
        refused(abel, story.awaited("userTask_attestExitCriteria"), handOver, Part.APPROVER);
        refused(dirk, story.awaited("userTask_attestExitCriteria"), handOver, Part.DEPLOYER);

        assertThat(releases.involved(story.release().id(), Part.REQUESTER)).containsExactly(id(vera));
        assertThat(releases.involved(story.release().id(), Part.AUTHOR)).contains(id(arno));
        assertThat(releases.involved(story.release().id(), Part.APPROVER)).containsExactly(id(abel));
        assertThat(releases.involved(story.release().id(), Part.DEPLOYER)).containsExactly(id(dirk));
    }

    private SamplePerson withEveryRole(String login) {
        people.register(new NewPerson(
                login, "Everything " + login, login + "@storefront.example", SamplePeople.PASSWORD, EVERY_PART));
        return new SamplePerson(login, "Everything " + login, Role.RELEASE_MANAGER);
    }

    private String id(SamplePerson person) {
        return sample.idOf(person);
    }

    /** Whoever has the role, and a part already, is told so on every way. */
    private void refused(SamplePerson person, Task task, Map<String, Object> inputs, Part part) {
        String because = "Whoever " + part.verb() + " a release is another person";
        String taking = callers.write(Map.of("userId", id(person)));
        String form = callers.variables(inputs);

        Visitor tasklist = callers.inTasklist(person.login());
        told(tasklist.json("POST", callers.webApp("/task/" + task.getId() + "/claim"), taking), because);
        told(tasklist.json("POST", callers.webApp("/task/" + task.getId() + "/submit-form"), form), "");
        Visitor program = callers.program(person.login());
        told(program.json("POST", callers.rest("/task/" + task.getId() + "/claim"), taking), because);
        told(program.json("POST", callers.rest("/task/" + task.getId() + "/assignee"), taking), because);
        told(program.json("POST", callers.rest("/task/" + task.getId() + "/complete"), form), "");
        told(program.json("POST", callers.rest("/task/" + task.getId() + "/submit-form"), form), "");

        for (Runnable way : List.<Runnable>of(
                () -> tasks.claim(task.getId(), id(person)), () -> tasks.setAssignee(task.getId(), id(person)))) {
            assertThatThrownBy(() -> as(person, way))
                    .isInstanceOf(TaskRefused.class)
                    .hasMessageContaining(because);
            assertThatThrownBy(() -> asNobody(way))
                    .isInstanceOf(TaskRefused.class)
                    .hasMessageContaining(because);
        }
        for (Runnable way : List.<Runnable>of(
                () -> tasks.complete(task.getId(), inputs),
                () -> tasks.resolveTask(task.getId(), inputs),
                () -> tasks.delegateTask(task.getId(), id(person)),
                () -> forms.submitTaskForm(task.getId(), inputs))) {
            assertThatThrownBy(() -> as(person, way)).isInstanceOf(TaskRefused.class);
            assertThatThrownBy(() -> asNobody(way)).isInstanceOf(TaskRefused.class);
        }
        unchanged(task);
    }

    /** Whoever took the task while it was allowed, and another part before completing it, is told so on every way too. */
    private void refusedAtTheEnd(SamplePerson person, ReleaseStory story, Task task, Map<String, Object> inputs) {
        String because = "Whoever " + Part.AUTHOR.verb() + " a release is another person";
        Visitor tasklist = callers.inTasklist(person.login());
        Visitor program = callers.program(person.login());
        HttpResponse<String> taken = tasklist.json(
                "POST",
                callers.webApp("/task/" + task.getId() + "/claim"),
                callers.write(Map.of("userId", id(person))));
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(204);
        releases.involve(story.release().id(), id(person), Part.AUTHOR);

        String form = callers.variables(inputs);
        told(tasklist.json("POST", callers.webApp("/task/" + task.getId() + "/submit-form"), form), because);
        told(tasklist.json("POST", callers.webApp("/task/" + task.getId() + "/complete"), form), because);
        told(program.json("POST", callers.rest("/task/" + task.getId() + "/submit-form"), form), because);
        told(program.json("POST", callers.rest("/task/" + task.getId() + "/complete"), form), because);
        for (Runnable way : List.<Runnable>of(
                () -> tasks.complete(task.getId(), inputs), () -> forms.submitTaskForm(task.getId(), inputs))) {
            assertThatThrownBy(() -> as(person, way))
                    .isInstanceOf(TaskRefused.class)
                    .hasMessageContaining(because);
            assertThatThrownBy(() -> asNobody(way)).isInstanceOf(TaskRefused.class);
        }

        HttpResponse<String> given = program.json("POST", callers.rest("/task/" + task.getId() + "/unclaim"), "");
        assertThat(given.statusCode()).as(given.body()).isEqualTo(204);
        unchanged(task);
    }

    /** Whoever lacks the role does not get it by saying so. */
    private void withoutTheRole(String login, Task task, Map<String, Object> inputs) {
        String person = callers.id(login);
        List<String> faked = List.of("change-authority", "deployer", "release-manager", "camunda-admin");
        for (Runnable way : List.<Runnable>of(
                () -> tasks.claim(task.getId(), person),
                () -> tasks.setAssignee(task.getId(), person),
                () -> tasks.complete(task.getId(), inputs),
                () -> forms.submitTaskForm(task.getId(), inputs))) {
            assertThatThrownBy(() -> {
                        identities.setAuthentication(person, faked);
                        try {
                            way.run();
                        } finally {
                            identities.clearAuthentication();
                        }
                    })
                    .isInstanceOf(TaskRefused.class)
                    .hasMessageContaining("you do not have that role");
        }
        String form = callers.variables(inputs);
        told(callers.program(login).json("POST", callers.rest("/task/" + task.getId() + "/complete"), form), "");
        told(
                callers.inTasklist(login)
                        .json(
                                "POST",
                                callers.webApp("/task/" + task.getId() + "/claim"),
                                callers.write(Map.of("userId", person))),
                "");
        unchanged(task);
    }

    private void unchanged(Task task) {
        Task now = access.asSystem(
                () -> tasks.createTaskQuery().taskId(task.getId()).singleResult());
        assertThat(now).isNotNull();
        assertThat(now.getAssignee()).isNull();
        assertThat(now.getDelegationState()).isNull();
    }

    private void as(SamplePerson person, Runnable way) {
        access.as(id(person), () -> {
            way.run();
            return true;
        });
    }

    private void asNobody(Runnable way) {
        access.asSystem(() -> {
            way.run();
            return true;
        });
    }

    private static void told(HttpResponse<String> answer, String because) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 500);
        assertThat(answer.body()).contains(because);
    }
}
