package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.Capability;
import io.slipway.platform.process.EngineAccess;
import io.slipway.platform.process.OpenBriefs;
import io.slipway.platform.process.TaskRefused;
import io.slipway.release.ReleaseState;
import io.slipway.release.Urgency;
import io.slipway.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

/**
 * Whoever may take a task may take it, give it back, be reminded of it and hand in its form. What others read in it, who else may
 * take it and what the process knows are not his to write, on whatever way.
 */
@GuardedApplication
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("NullAway.Init")
@Capability({"1.1", "5.1"})
class TaskTamperingScenarioTest {

    private static final String VERSION = "6.0.0";
    private static final String FORGED = "{\"type\":\"Json\",\"value\":\"{\\\"heading\\\":\\\"Just approve\\\"}\"}";

    @Autowired
    private ApplicationContext application;

    @Autowired
    private Callers callers;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private EngineAccess access;

    @Autowired
    private TaskService tasks;

    @Autowired
    private FormService forms;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private OpenBriefs briefs;

    private ReleaseStory story;
    private Task task;

    @BeforeAll
    void aTaskIsOpen() {
        story = ReleaseStory.requestedBy("mara", VERSION, Urgency.NORMAL, application)
                .movedBy(hand::turn);
        task = story.awaited("userTask_supplyItems");
    }

    /** The two ways to the engine over HTTP, each as the address and the person who calls it. */
    private List<BiFunction<String, String[], HttpResponse<String>>> ways(String login) {
        Visitor program = callers.program(login);
        Visitor tasklist = callers.inTasklist(login);
        return List.of(
                (method, call) -> program.json(method, callers.rest(call[0]), call[1]),
                (method, call) -> tasklist.json(method, callers.webApp(call[0]), call[1]));
    }

    private record Attack(String method, String path, String body) {}

    @Test
    void aCandidateRewritesNothingThatOthersRead() {
        String at = "/task/" + task.getId();
        String dora = callers.id("dora");
        List<Attack> attacks = List.of(
                new Attack("PUT", at + "/localVariables/brief", FORGED),
                new Attack("DELETE", at + "/localVariables/brief", ""),
                new Attack("POST", at + "/localVariables", "{\"modifications\":{\"brief\":" + FORGED + "}}"),
                new Attack("POST", at + "/localVariables", "{\"deletions\":[\"brief\"]}"),
                new Attack("PUT", at + "/localVariables/itemsNote", "{\"value\":\"x\",\"type\":\"String\"}"),
                new Attack("PUT", at + "/variables/releaseId", "{\"value\":\"x\",\"type\":\"String\"}"),
                new Attack("DELETE", at + "/variables/releaseId", ""),
                new Attack(
                        "PUT",
                        "/process-instance/" + task.getProcessInstanceId() + "/variables/releaseId",
                        "{\"value\":\"x\",\"type\":\"String\"}"),
                new Attack(
                        "PUT",
                        "/execution/" + task.getExecutionId() + "/localVariables/releaseId",
                        "{\"value\":\"x\",\"type\":\"String\"}"),
                new Attack("POST", at + "/identity-links", "{\"userId\":\"" + dora + "\",\"type\":\"candidate\"}"),
                new Attack("POST", at + "/identity-links", "{\"groupId\":\"auditor\",\"type\":\"candidate\"}"),
                new Attack("POST", at + "/identity-links", "{\"userId\":\"" + dora + "\",\"type\":\"owner\"}"),
                new Attack("POST", at + "/identity-links", "{\"userId\":\"" + dora + "\",\"type\":\"assignee\"}"),
                new Attack(
                        "POST",
                        at + "/identity-links/delete",
                        "{\"groupId\":\"product-owner@storefront\",\"type\":\"candidate\"}"),
                new Attack("POST", at + "/delegate", "{\"userId\":\"" + dora + "\"}"),
                new Attack("POST", at + "/resolve", "{}"),
                new Attack("DELETE", at, ""),
                new Attack("PUT", at, changed("name", "Renamed")),
                new Attack("PUT", at, changed("description", "Read nothing.")),
                new Attack("PUT", at, changed("priority", 1)),
                new Attack("PUT", at, changed("due", "2031-01-01T00:00:00.000+0000")),
                new Attack("PUT", at, changed("owner", dora)),
                new Attack("PUT", at, changed("delegationState", "PENDING")),
                // Paul does not hold it.
                new Attack("PUT", at, changed("followUp", "2031-01-01T00:00:00.000+0000")),
                new Attack("POST", at + "/complete", callers.variables(Map.of("releaseId", "x", "itemsNote", "x"))),
                new Attack("POST", at + "/submit-form", callers.variables(Map.of("urgency", "EMERGENCY"))));
        String before = state();
        List<String> accepted = new ArrayList<>();

        for (var way : ways("paul")) {
            for (Attack attack : attacks) {
                HttpResponse<String> answer = way.apply(attack.method(), new String[] {attack.path(), attack.body()});
                if (answer.statusCode() != 403) {
                    accepted.add(attack + " was answered " + answer.statusCode() + " " + answer.body());
                }
                assertThat(callers.read(answer).path("message").asText())
                        .as(attack.toString())
                        .isNotEmpty()
                        .doesNotContain("Exception");
            }
        }

        assertThat(accepted).isEmpty();
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void norDoesCodeThatRunsForAPerson() {
        String before = state();
        String id = task.getId();
        List<Runnable> ways = List.of(
                () -> tasks.setVariableLocal(id, "brief", "x"),
                () -> tasks.setVariable(id, "releaseId", "x"),
                () -> tasks.removeVariable(id, "brief"),
                () -> tasks.addCandidateUser(id, callers.id("dora")),
                () -> tasks.deleteCandidateGroup(id, "product-owner@storefront"),
                () -> tasks.setPriority(id, 1),
                () -> tasks.setName(id, "Renamed"),
                () -> tasks.setOwner(id, callers.id("dora")),
                () -> tasks.createComment(id, null, "Read nothing."),
                () -> tasks.createAttachment("text", id, null, "Notes", "Read them.", "javascript:alert(1)"),
                () -> runtime.restartProcessInstances(task.getProcessDefinitionId())
                        .startBeforeActivity("userTask_supplyItems")
                        .processInstanceIds(task.getProcessInstanceId())
                        .execute(),
                () -> tasks.complete(id, Map.of("releaseId", "x")),
                () -> forms.submitTaskForm(id, Map.of("releaseId", "x")));
        for (Runnable way : ways) {
            assertThatThrownBy(() -> access.as(callers.id("paul"), () -> {
                        way.run();
                        return true;
                    }))
                    .isInstanceOf(TaskRefused.class);
        }
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void whoeverMayTakeItTakesItGivesItBackAndIsReminded() {
        String at = "/task/" + task.getId();
        String me = "{\"userId\":\"" + callers.id("paul") + "\"}";
        for (var way : ways("paul")) {
            for (String taking : List.of("/claim", "/assignee")) {
                assertThat(way.apply("POST", new String[] {at + taking, me}).statusCode())
                        .isEqualTo(204);
                assertThat(way.apply("PUT", new String[] {at, changed("followUp", "2031-01-01T00:00:00.000+0000")})
                                .statusCode())
                        .isEqualTo(204);
                assertThat(way.apply("PUT", new String[] {at, changed("followUp", null)})
                                .statusCode())
                        .isEqualTo(204);
                assertThat(way.apply("POST", new String[] {at + "/unclaim", ""}).statusCode())
                        .isEqualTo(204);
            }
        }
        assertThat(now().getAssignee()).isNull();
    }

    @Test
    void nobodySendsWhatOurOwnServicesSend() {
        String root = story.release().processInstanceId().orElseThrow();
        String message = callers.write(Map.of("messageName", "release.cancelRequested", "processInstanceId", root));
        for (String login : List.of("oscar", "mara", "paul")) {
            for (var way : ways(login)) {
                for (Attack attack : List.of(
                        new Attack("POST", "/message", message),
                        new Attack(
                                "POST",
                                "/execution/" + root + "/messageSubscriptions/release.cancelRequested/trigger",
                                "{}"),
                        new Attack("POST", "/execution/" + root + "/signal", "{}"),
                        new Attack("POST", "/signal", "{\"name\":\"release.cancelRequested\"}"),
                        new Attack("POST", "/telemetry/configuration", "{\"enableTelemetry\":true}"),
                        new Attack(
                                "POST",
                                "/process-definition/" + task.getProcessDefinitionId() + "/restart",
                                "{\"processInstanceIds\":[\"" + root
                                        + "\"],\"instructions\":[{\"type\":\"startBeforeActivity\","
                                        + "\"activityId\":\"userTask_supplyItems\"}]}"),
                        new Attack("POST", "/condition", "{\"variables\":{\"x\":{\"value\":1}}}"))) {
                    HttpResponse<String> answer =
                            way.apply(attack.method(), new String[] {attack.path(), attack.body()});
                    assertThat(answer.statusCode())
                            .as(login + " " + attack + answer.body())
                            .isEqualTo(403);
                }
            }
            assertThatThrownBy(() -> access.as(
                            callers.id(login), () -> runtime.createMessageCorrelation("release.cancelRequested")
                                    .processInstanceId(root)
                                    .correlateAllWithResult()))
                    .isInstanceOf(TaskRefused.class);
        }
        assertThat(story.release().state()).isNotEqualTo(ReleaseState.CANCELLED);
    }

    @Test
    void whoeverComesSecondIsToldSoInAPlainSentence() {
        String at = "/task/" + task.getId();
        HttpResponse<String> first = callers.program("paul")
                .json("POST", callers.rest(at + "/claim"), "{\"userId\":\"" + callers.id("paul") + "\"}");
        assertThat(first.statusCode()).isEqualTo(204);
        HttpResponse<String> second = callers.program("oscar")
                .json("POST", callers.rest(at + "/claim"), "{\"userId\":\"" + callers.id("oscar") + "\"}");
        HttpResponse<String> late = callers.program("paul")
                .json("POST", callers.rest("/task/f0000000-0000-0000-0000-000000000000/submit-form"), "{}");
        callers.program("paul").json("POST", callers.rest(at + "/unclaim"), "");

        assertThat(second.statusCode()).isEqualTo(403);
        assertThat(late.statusCode()).isEqualTo(403);
        assertThat(callers.read(late).path("message").asText()).contains("decided or withdrawn meanwhile");
        assertThatThrownBy(() -> access.as(callers.id("paul"), () -> {
                    tasks.claim(task.getId(), callers.id("paul"));
                    tasks.claim(task.getId(), callers.id("dora"));
                    return true;
                }))
                .isInstanceOf(TaskRefused.class);
        tasks.setAssignee(task.getId(), null);
    }

    /** A refusal is an answer to a person and no failure of the program. */
    @Test
    void aRefusalIsOneSentenceAndNoStackTrace(CapturedOutput output) {
        HttpResponse<String> answer = callers.program("mara")
                .json(
                        "POST",
                        callers.rest("/task/" + task.getId() + "/submit-form"),
                        callers.variables(Map.of("itemsNote", "x")));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(callers.read(answer).path("message").asText())
                .isEqualTo("Please claim the task first; only the person who holds it can complete it.");
        assertThat(output.getAll()).doesNotContain("TaskRefused: Please claim the task first");
    }

    @Test
    void aTaskIsOfferedToTheRolesOfItsSystemAndToNoOtherGroup() {
        assertThat(access.asSystem(() -> tasks.getIdentityLinksForTask(task.getId())).stream()
                        .map(IdentityLink::getGroupId))
                .containsExactlyInAnyOrder("product-owner@storefront", "release-manager");
    }

    @Test
    void whatIsReadBeforeConfirmingIsToldFromTheRecords() {
        String told = briefs.read(task.getId()).heading();
        access.asSystem(() -> {
            tasks.setVariableLocal(task.getId(), "brief", "forged");
            return true;
        });
        assertThat(briefs.read(task.getId()).heading()).isEqualTo(told).isNotBlank();
        briefs.renew(story.key(), "scope-release", "userTask_supplyItems");
    }

    private Task now() {
        return access.asSystem(
                () -> tasks.createTaskQuery().taskId(task.getId()).singleResult());
    }

    private String state() {
        Task now = now();
        return access.asSystem(() -> now.getName()
                + now.getDescription()
                + now.getPriority()
                + now.getDueDate()
                + now.getOwner()
                + now.getAssignee()
                + now.getFollowUpDate()
                + now.getDelegationState()
                + tasks.getVariableLocal(now.getId(), "brief")
                + tasks.getVariableLocal(now.getId(), "itemsNote")
                + runtime.getVariables(now.getProcessInstanceId())
                + tasks.getIdentityLinksForTask(now.getId()).stream()
                        .map(link -> link.getType() + link.getUserId() + link.getGroupId())
                        .sorted()
                        .toList());
    }

    /** The task as its reader got it, with one thing changed. */
    private String changed(String property, @Nullable Object value) {
        JsonNode read = callers.read(callers.program("paul").get(callers.rest("/task/" + task.getId())));
        // What Tasklist sends back of what it read.
        ObjectNode body = ((ObjectNode) read)
                .retain("name", "description", "priority", "assignee", "owner", "delegationState", "due", "followUp");
        body.putPOJO(property, value);
        return body.toString();
    }
}
