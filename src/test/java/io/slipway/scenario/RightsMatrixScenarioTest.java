package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import io.slipway.demo.SampleLandscape;
import io.slipway.demo.SamplePeople;
import io.slipway.demo.SamplePeople.SamplePerson;
import io.slipway.platform.process.EngineAccess;
import io.slipway.release.ReleaseAction;
import io.slipway.release.Role;
import io.slipway.testing.Visitor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * The table of role × process start × task × page × API, beside this test as {@code rights.csv}, cell by cell over HTTP with one
 * person per role. A cell is allowed when the caller gets past the question of who he is: what is wrong with the request itself is
 * told after that only.
 */
@GuardedApplication
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
@Capability({"1.1", "5.1"})
class RightsMatrixScenarioTest {

    private static final String VERSION = "5.0.0";
    private static final String KEY = SampleLandscape.SYSTEM + "-" + VERSION;
    private static final Set<Integer> REFUSALS = Set.of(401, 403, 404);

    /** One line of the table. */
    private record Line(String kind, String what, Map<Role, Boolean> cells) {}

    @Autowired
    private ApplicationContext application;

    @Autowired
    private SamplePeople people;

    @Autowired
    private Callers callers;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private EngineAccess access;

    @Autowired
    private TaskService tasks;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private ManagementService management;

    private final Map<Role, SamplePerson> one = new EnumMap<>(Role.class);
    private final Map<Role, Visitor> signedIn = new EnumMap<>(Role.class);
    private final Map<Role, Visitor> programs = new EnumMap<>(Role.class);
    private List<Line> table;
    private ReleaseStory story;
    private String root;

    @BeforeAll
    void onePersonPerRole() throws IOException {
        people.all().forEach(person -> one.putIfAbsent(person.role(), person));
        one.forEach((role, person) -> {
            signedIn.put(role, callers.person(person.login()));
            programs.put(role, callers.program(person.login()));
        });
        table = table();
        hand.haltAt(KEY, point -> false);
        story = ReleaseStory.requestedBy(people.named("mara"), VERSION, "2.4.0", application)
                .movedBy(hand::turn);
        root = story.release().processInstanceId().orElseThrow();
        story.awaited("userTask_supplyItems");
    }

    private Visitor signedIn(Role role) {
        return Objects.requireNonNull(signedIn.get(role));
    }

    private Visitor program(Role role) {
        return Objects.requireNonNull(programs.get(role));
    }

    private static List<Line> table() throws IOException {
        List<Line> lines = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                RightsMatrixScenarioTest.class.getResourceAsStream("rights.csv"), StandardCharsets.UTF_8))) {
            List<String> rows = in.lines().filter(line -> !line.startsWith("#")).toList();
            List<Role> roles = Arrays.stream(rows.get(0).split(","))
                    .skip(2)
                    .map(group -> Role.ofGroup(group).orElseThrow())
                    .toList();
            for (String row : rows.subList(1, rows.size())) {
                String[] cells = row.split(",", -1);
                Map<Role, Boolean> allowed = new EnumMap<>(Role.class);
                for (int column = 0; column < roles.size(); column++) {
                    allowed.put(roles.get(column), cells[column + 2].equals("+"));
                }
                lines.add(new Line(cells[0], cells[1], allowed));
            }
        }
        return lines;
    }

    @Test
    void theTableNamesEveryRoleAndEveryProcess() {
        assertThat(one).containsOnlyKeys(Role.values());
        assertThat(table).allSatisfy(line -> assertThat(line.cells()).containsOnlyKeys(Role.values()));
        assertThat(whats("start"))
                .containsExactlyInAnyOrderElementsOf(
                        repository.createProcessDefinitionQuery().latestVersion().list().stream()
                                .map(ProcessDefinition::getKey)
                                .collect(Collectors.toSet()));
        assertThat(whats("ask"))
                .containsAll(Arrays.stream(ReleaseAction.values())
                        .map(ReleaseAction::path)
                        .toList());
    }

    private Set<String> whats(String kind) {
        return lines(kind).stream().map(Line::what).collect(Collectors.toCollection(HashSet::new));
    }

    private List<Line> lines(String kind) {
        return table.stream().filter(line -> line.kind().equals(kind)).toList();
    }

    /** What happens when somebody does what a line says. */
    @FunctionalInterface
    private interface Attempt {
        HttpResponse<String> by(Role role, String what);
    }

    private void holds(String kind, Attempt attempt) {
        List<String> wrong = new ArrayList<>();
        assertThat(lines(kind)).isNotEmpty();
        for (Line line : lines(kind)) {
            line.cells().forEach((role, allowed) -> {
                HttpResponse<String> answer = attempt.by(role, line.what());
                if (allowed == refused(answer)) {
                    wrong.add(line.kind() + " " + line.what() + " by " + role.group() + " must be "
                            + (allowed ? "allowed" : "refused") + " and was answered " + answer.statusCode() + " "
                            + answer.body()
                                    .substring(0, Math.min(200, answer.body().length())));
                }
            });
        }
        assertThat(wrong).isEmpty();
    }

    private static boolean refused(HttpResponse<String> answer) {
        return REFUSALS.contains(answer.statusCode())
                || answer.headers().firstValue("Location").orElse("").contains("/login")
                || answer.body().contains("by Slipway's own workers and by nobody else");
    }

    private String filled(String path) {
        return callers.rest(path)
                .replaceFirst("^/engine-rest/engine/([^/]+)(.*)$", "$2")
                .replace("{engine}", callers.rest("").replaceFirst("^/engine-rest/engine/", ""))
                .replace("{key}", KEY)
                .replace("{root}", root);
    }

    @Test
    void pages() {
        holds("page", (role, path) -> signedIn(role).get(filled(path)));
    }

    @Test
    void reading() {
        holds("get", (role, path) -> program(role).get(filled(path)));
    }

    @Test
    void asking() {
        String request =
                callers.write(Map.of("system", "nowhere", "version", "1.0.0", "title", "Nothing", "urgency", "NORMAL"));
        holds(
                "ask",
                (role, what) -> what.equals("request")
                        ? program(role).json("POST", "/api/v1/releases", request)
                        : program(role).json("POST", "/api/v1/releases/" + KEY + "/" + what, "{\"reason\":\"\"}"));
    }

    @Test
    void startsOfProcesses() {
        String body = callers.write(Map.of("businessKey", KEY, "variables", Map.of()));
        holds("start", (role, process) -> program(role)
                .json("POST", callers.rest("/process-definition/key/" + process + "/start"), body));
    }

    @Test
    void theEnginesInterface() {
        holds("engine", (role, what) -> engine(program(role), what));
    }

    private HttpResponse<String> engine(Visitor program, String what) {
        String instance = "/process-instance/" + root;
        return switch (what) {
            case "read an instance" -> program.get(callers.rest(instance));
            case "read a variable" -> program.get(callers.rest(instance + "/variables/releaseId"));
            case "set a variable" ->
                program.json(
                        "PUT",
                        callers.rest(instance + "/variables/remark"),
                        "{\"value\":\"seen\",\"type\":\"String\"}");
            case "move a token" ->
                program.json(
                        "POST",
                        callers.rest(instance + "/modification"),
                        "{\"instructions\":[{\"type\":\"startBeforeActivity\",\"activityId\":\"nowhere\"}]}");
            case "retry a job" -> program.json("PUT", callers.rest("/job/" + job() + "/retries"), "{\"retries\":3}");
            case "suspend an instance" ->
                program.json("PUT", callers.rest(instance + "/suspended"), "{\"suspended\":false}");
            case "delete an instance" -> program.json("DELETE", callers.rest("/process-instance/" + root), "");
            case "delete a deployment" ->
                program.json("DELETE", callers.rest("/deployment/" + deployment() + "?cascade=true"), "");
            case "suspend a definition" ->
                program.json(
                        "PUT",
                        callers.rest("/process-definition/suspended"),
                        "{\"processDefinitionKey\":\"deploy-release\",\"suspended\":false,\"includeProcessInstances\":true}");
            case "deploy" -> program.deployFromModeler(callers.rest("/deployment/create"), "x", "x.txt", "nothing");
            case "list people" -> program.get(callers.rest("/user"));
            case "create a group" ->
                program.json("POST", callers.rest("/group/create"), "{\"id\":\"friends\",\"name\":\"Friends\"}");
            case "create an authorization" ->
                program.json(
                        "POST",
                        callers.rest("/authorization/create"),
                        "{\"type\":1,\"permissions\":[\"ALL\"],\"groupId\":\"qa\",\"resourceType\":6,\"resourceId\":\"*\"}");
            case "create a filter" ->
                program.json(
                        "POST",
                        callers.rest("/filter/create"),
                        "{\"resourceType\":\"Task\",\"name\":\"Mine\",\"query\":{\"assigneeExpression\":\"${1}\"}}");
            case "create a task" -> program.json("POST", callers.rest("/task/create"), "{\"name\":\"Mine\"}");
            case "take external work" ->
                program.json(
                        "POST",
                        callers.rest("/external-task/fetchAndLock"),
                        "{\"workerId\":\"me\",\"maxTasks\":1,\"topics\":[{\"topicName\":\"deployment.startService\",\"lockDuration\":1}]}");
            case "delete history" -> program.json("DELETE", callers.rest("/history/process-instance/" + root), "");
            default -> throw new AssertionError("Nobody knows how to " + what);
        };
    }

    private String deployment() {
        return access.asSystem(() -> repository
                .createDeploymentQuery()
                .deploymentName("slipway")
                .list()
                .get(0)
                .getId());
    }

    /** A job of another release, so that nothing waits for it here. */
    private String job() {
        return access.asSystem(() -> {
            if (management.createJobQuery().processDefinitionKey("run-release").count() == 0) {
                ReleaseStory.requestedBy(people.named("mara"), "5.1.0", "2.4.0", application);
            }
            return management.createJobQuery().processDefinitionKey("run-release").list().stream()
                    .map(Job::getId)
                    .findFirst()
                    .orElseThrow();
        });
    }

    @Test
    void tasksAsTheyComeOnTheWayOfARelease() {
        List<String> wrong = new ArrayList<>();
        hand.haltAt(
                KEY,
                point -> point.process().equals("deploy-release")
                        && point.environment().equals(SampleLandscape.PRODUCTION));
        for (Line line : lines("task")) {
            if (line.what().equals("userTask_resumeRelease")) {
                HttpResponse<String> held = program(Role.OPERATIONS)
                        .json("POST", "/api/v1/releases/" + KEY + "/hold", "{\"reason\":\"To look at the task.\"}");
                assertThat(held.statusCode()).as(held.body()).isEqualTo(200);
            }
            story.goesOnTo(line.what());
            List<Task> open = access.asSystem(() -> tasks.createTaskQuery()
                    .processInstanceBusinessKey(KEY)
                    .taskDefinitionKey(line.what())
                    .list());
            line.cells().forEach((role, allowed) -> {
                boolean taken = open.stream().filter(task -> takes(role, task)).count() > 0;
                if (taken != allowed) {
                    wrong.add(line.what() + " by " + role.group() + " must " + (allowed ? "" : "not ") + "be taken");
                }
            });
        }
        assertThat(wrong).isEmpty();
    }

    /** Takes the task and gives it back. */
    private boolean takes(Role role, Task task) {
        SamplePerson person = Objects.requireNonNull(one.get(role));
        String body = callers.write(Map.of("userId", people.idOf(person)));
        HttpResponse<String> answer =
                program(role).json("POST", callers.rest("/task/" + task.getId() + "/claim"), body);
        if (answer.statusCode() == 204) {
            assertThat(program(role)
                            .json("POST", callers.rest("/task/" + task.getId() + "/unclaim"), "")
                            .statusCode())
                    .isEqualTo(204);
            return true;
        }
        return false;
    }

    @Test
    void nobodyInParticularGetsNothing() {
        Visitor anybody = callers.anybody();
        for (Line line : table) {
            HttpResponse<String> answer =
                    switch (line.kind()) {
                        case "page", "get" -> anybody.get(filled(line.what()));
                        case "ask" ->
                            anybody.json("POST", "/api/v1/releases/" + KEY + "/" + line.what(), "{\"reason\":\"x\"}");
                        case "engine" -> engine(anybody, line.what());
                        case "start" ->
                            anybody.json(
                                    "POST", callers.rest("/process-definition/key/" + line.what() + "/start"), "{}");
                        default -> anybody.get(callers.rest("/task?taskDefinitionKey=" + line.what()));
                    };
            assertThat(refused(answer)).as(line + " " + answer).isTrue();
        }
        for (String open : List.of("/login", "/actuator/health", "/css/slipway.css", "/favicon.svg")) {
            assertThat(anybody.get(open).statusCode()).as(open).isEqualTo(200);
        }
    }
}
