package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import io.slipway.demo.SampleLandscape;
import io.slipway.demo.SamplePeople;
import io.slipway.demo.SamplePeople.SamplePerson;
import io.slipway.integration.cmdb.ConfigurationRegister;
import io.slipway.platform.process.EngineAccess;
import io.slipway.platform.security.NewPerson;
import io.slipway.platform.security.People;
import io.slipway.release.Landscape;
import io.slipway.release.ReleaseAction;
import io.slipway.release.ReleaseState;
import io.slipway.release.Role;
import io.slipway.release.Urgency;
import io.slipway.testing.Visitor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationContext;
import org.springframework.core.MethodParameter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

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
    private static final String BEFORE_TRAFFIC = "serviceTask_checkHealth";
    private static final String KEY = SampleLandscape.SYSTEM + "-" + VERSION;
    private static final String URGENT = SampleLandscape.SYSTEM + "-5.2.0";
    private static final Set<String> STAFFING =
            Set.of("release-manager", "developer", "qa", "operations", "security", "service-desk");
    private static final Set<Integer> REFUSALS = Set.of(401, 403, 404);

    /** What is told to whoever lacks the role, on a page that a form leads back to. */
    private static final String NO_ROLE = "you do not have that role";

    private static final Map<String, Object> THE_END =
            Map.of("rollbackDecision", "END", "rollbackReason", "Enough was seen.");

    /** One line of the table. */
    private record Line(String kind, String what, Map<Role, Boolean> cells) {}

    @Autowired
    private ApplicationContext application;

    @Autowired
    private SamplePeople people;

    @Autowired
    private People accounts;

    @Autowired
    private Landscape landscape;

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

    @Autowired
    private ConfigurationRegister register;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    @Qualifier("requestMappingHandlerMapping") private RequestMappingHandlerMapping mappings;

    private final Map<Role, SamplePerson> one = new EnumMap<>(Role.class);
    private final Map<Role, Visitor> signedIn = new EnumMap<>(Role.class);
    private final Map<Role, Visitor> programs = new EnumMap<>(Role.class);
    private final Map<Role, String> tokens = new EnumMap<>(Role.class);
    private List<Line> table;
    private ReleaseStory story;
    private String root;
    private String blackout;
    private String finding;

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
        blackout = callers.read(callers.program("mara")
                        .json("POST", "/api/v1/blackouts", callers.write(blackout("To be lifted", 1))))
                .path("id")
                .asText();
        finding = aFinding();
        callers.program("ines")
                .json(
                        "POST",
                        "/api/v1/incidents",
                        callers.write(Map.of(
                                "key",
                                "INC-" + KEY,
                                "system",
                                SampleLandscape.SYSTEM,
                                "priority",
                                "P4",
                                "title",
                                "To be over")));
        root = story.release().processInstanceId().orElseThrow();
        story.awaited("userTask_supplyItems");
    }

    /** Something that a scan of another release of the sample might have seen. */
    private String aFinding() {
        jdbc.sql(
                        "insert into finding (system_key, fingerprint, tool, rule_id, severity, path, line_number, message, snippet_hash,"
                                + " requested, first_seen_at, last_seen_at, last_release_id, triage_state)"
                                + " select system_key, ?, 'T', 'R', 'NOTE', '', 0, '', '', false, requested_at, requested_at, id, 'OPEN'"
                                + " from slipway_release where release_key = ?")
                .params("f".repeat(64), KEY)
                .update();
        return jdbc.sql("select id from finding where fingerprint = ?")
                .param("f".repeat(64))
                .query(String.class)
                .single();
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

    @Test
    void theTableNamesEveryTask() {
        Set<String> modelled = repository.createProcessDefinitionQuery().latestVersion().list().stream()
                .flatMap(process ->
                        repository
                                .getBpmnModelInstance(process.getId())
                                .getModelElementsByType(UserTask.class)
                                .stream())
                .map(UserTask::getId)
                .collect(Collectors.toSet());
        Set<String> named = whats("task");
        named.addAll(whats("emergency"));
        named.addAll(whats("drawn"));

        assertThat(modelled).contains("userTask_approveChange");
        assertThat(named).containsExactlyInAnyOrderElementsOf(modelled);
    }

    @Test
    void theTableNamesEveryPageAndEveryCallOfTheApi() throws Exception {
        Set<String> named = new TreeSet<>();
        for (Line line : table) {
            switch (line.kind()) {
                case "page", "get" -> named.addAll(handlers(new Call("GET", line.what(), "")));
                case "form", "call", "confirm" -> named.addAll(handlers(Call.of(line.what())));
                case "ask" ->
                    named.addAll(handlers(new Call(
                            "POST",
                            "/api/v1/releases" + (line.what().equals("request") ? "" : "/{key}/" + line.what()),
                            "application/json")));
                default -> {
                    // The engine's own interface and its tasks have no controller of ours.
                }
            }
        }
        Set<String> ours = mappings.getHandlerMethods().values().stream()
                .filter(handler -> handler.getBeanType().getName().startsWith("io.slipway."))
                .map(HandlerMethod::toString)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(ours).hasSizeGreaterThan(30);
        assertThat(named).isEqualTo(ours);
    }

    private Set<String> handlers(Call call) {
        return handler(call).map(HandlerMethod::toString).map(Set::of).orElse(Set.of());
    }

    /** The method of ours that answers a call; none where something else does. */
    private Optional<HandlerMethod> handler(Call call) {
        MockHttpServletRequest request = new MockHttpServletRequest(call.method(), filled(call.path()));
        if (!call.type().isEmpty()) {
            request.setContentType(call.type().equals("file") ? "multipart/form-data" : call.type());
        }
        ServletRequestPathUtils.parseAndCache(request);
        try {
            HandlerExecutionChain chain = mappings.getHandler(request);
            return chain != null
                            && chain.getHandler() instanceof HandlerMethod handler
                            && handler.getBeanType().getName().startsWith("io.slipway.")
                    ? Optional.of(handler)
                    : Optional.empty();
        } catch (Exception e) {
            throw new AssertionError(call + " leads nowhere", e);
        }
    }

    /**
     * What a program or a page sends.
     *
     * @param type of the body; empty for none, {@code file} for an uploaded one
     */
    private record Call(String method, String path, String type) {

        static Call of(String what) {
            String[] words = what.split(" ", -1);
            return new Call(words[0], words[1], words.length > 2 ? words[2] : "");
        }
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
        return (REFUSALS.contains(answer.statusCode()) && told(answer))
                || answer.body().contains(NO_ROLE)
                || answer.headers().firstValue("Location").orElse("").contains("/login")
                || answer.body().contains("by Slipway's own workers and by nobody else");
    }

    private static final Pattern TOLD = Pattern.compile("There is no dependency ('|&#39;)0");

    /** What is missing is told to whoever may ask for it; that the address names something made up is no refusal. */
    private static boolean told(HttpResponse<String> answer) {
        return !answer.body().contains("sealed package of")
                && !answer.body().contains("There is no rehearsal")
                && !TOLD.matcher(answer.body()).find()
                && !answer.body().contains("'nowhere'");
    }

    private String filled(String path) {
        return callers.rest(path)
                .replaceFirst("^/engine-rest/engine/([^/]+)(.*)$", "$2")
                .replace("{engine}", callers.rest("").replaceFirst("^/engine-rest/engine/", ""))
                .replace("{key}", KEY)
                .replace("{root}", root)
                .replace("{blackout}", blackout)
                .replace("{calendar}", "00000000-0000-0000-0000-000000000000")
                .replace("{booking}", "00000000-0000-0000-0000-000000000000")
                .replace("{finding}", finding)
                .replace("{incident}", "INC-" + KEY)
                .replace("{task}", "nowhere");
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

    /** Bodies have a fault that is told after the role only, so that nothing is changed by whoever may. */
    @Test
    void calls() {
        holds("call", (role, what) -> called(program(role), Call.of(what)));
    }

    private HttpResponse<String> called(Visitor program, Call call) {
        String path = filled(call.path());
        return switch (call.type()) {
            case "file" -> program.upload(path, "-rf", "nothing", Map.of());
            case "application/json" ->
                program.json(call.method(), path, callers.write(known(call, blackout("1 hour before it starts", -1))));
            case "" -> program.body(call.method(), path, "", "");
            default -> program.body(call.method(), path, call.type(), "nothing");
        };
    }

    /** What of these the call knows: a field that is not known is told before anything else. */
    private Map<String, Object> known(Call call, Map<String, Object> fields) {
        Set<String> named = handler(call).stream()
                .flatMap(handler -> Arrays.stream(handler.getMethodParameters()))
                .filter(parameter -> parameter.hasParameterAnnotation(RequestBody.class))
                .map(MethodParameter::getParameterType)
                .filter(Class::isRecord)
                .flatMap(body -> Arrays.stream(body.getRecordComponents()))
                .map(RecordComponent::getName)
                .collect(Collectors.toSet());
        Map<String, Object> all = new HashMap<>(fields);
        all.put("works", true);
        return all.entrySet().stream()
                .filter(field -> named.contains(field.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<String, Object> blackout(String name, int hours) {
        Instant start = Instant.parse("2999-01-01T00:00:00Z");
        return Map.of(
                "name",
                name,
                "start",
                start.toString(),
                "end",
                start.plus(hours, ChronoUnit.HOURS).toString(),
                "zone",
                "UTC");
    }

    @Test
    void forms() {
        holds("form", (role, what) -> sent(signedIn(role), token(role), Call.of(what)));
    }

    private String token(Role role) {
        return tokens.computeIfAbsent(role, somebody -> signedIn(somebody).token());
    }

    /** A form leads back to its page, and that says what was refused. */
    private HttpResponse<String> sent(Visitor person, String token, Call call) {
        String path = filled(call.path());
        HttpResponse<String> answer = call.type().equals("file")
                ? person.upload(path, "-rf", "nothing", Map.of("_csrf", token))
                : person.form(
                        path,
                        Map.of(
                                "_csrf", token, "system", "nowhere", "reason", "", "name", "nothing", "accept", "true",
                                "works", "true"));
        if (answer.statusCode() != 302) {
            return answer;
        }
        URI page = URI.create(answer.headers().firstValue("Location").orElseThrow());
        return person.get(page.getRawPath() + (page.getRawQuery() == null ? "" : "?" + page.getRawQuery()));
    }

    /** Roles that are held for single systems end there. */
    @Test
    void whoeverWorksForAnotherSystemDoesNotKnowOfTheRelease() {
        landscape.add("elsewhere", "Elsewhere", false);
        accounts.register(new NewPerson(
                "otto",
                "Otto Elsewhere",
                "otto@elsewhere.example",
                SamplePeople.PASSWORD,
                Set.of(Role.DEVELOPER.groupFor("elsewhere"), Role.PRODUCT_OWNER.groupFor("elsewhere"))));
        Visitor person = callers.person("otto");
        Visitor program = callers.program("otto");
        List<String> wrong = new ArrayList<>();
        for (Line line : table) {
            if (!line.what().contains("{key}")) {
                continue;
            }
            HttpResponse<String> answer =
                    switch (line.kind()) {
                        case "page" -> person.get(filled(line.what()));
                        case "get" -> program.get(filled(line.what()));
                        case "call" -> called(program, Call.of(line.what()));
                        default -> sent(person, person.token(), Call.of(line.what()));
                    };
            if (answer.statusCode() != 404) {
                wrong.add(line.kind() + " " + line.what() + " was answered " + answer.statusCode());
            }
        }
        assertThat(wrong).isEmpty();
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
        hand.haltAt(KEY, RightsMatrixScenarioTest::servesNobodyYet);
        Task last = null;
        for (Line line : table) {
            if (line.kind().equals("task")) {
                makeWayTo(line.what());
                last = story.goesOnTo(line.what()).awaited(line.what());
                holdsFor(line, KEY, wrong);
            } else if (line.kind().equals("confirm")) {
                confirmed(line, Objects.requireNonNull(last), wrong);
            }
        }
        assertThat(wrong).isEmpty();
    }

    /**
     * Tasks that a release of the sample does not come by: that a task is taken by the roles that it is drawn for, and by nobody else,
     * is one mechanism, which the tasks on the way show; here the drawing is held against the table.
     */
    @Test
    void tasksBesideTheWayAreDrawnForTheRolesOfTheTable() {
        Map<String, Set<String>> drawn = repository.createProcessDefinitionQuery().latestVersion().list().stream()
                .flatMap(process ->
                        repository
                                .getBpmnModelInstance(process.getId())
                                .getModelElementsByType(UserTask.class)
                                .stream())
                .collect(Collectors.toMap(UserTask::getId, RightsMatrixScenarioTest::groups, (one, other) -> {
                    Set<String> both = new HashSet<>(one);
                    both.addAll(other);
                    return both;
                }));
        List<String> wrong = new ArrayList<>();
        for (Line line : lines("drawn")) {
            Set<String> allowed = line.cells().entrySet().stream()
                    .filter(Map.Entry::getValue)
                    .map(cell -> cell.getKey().group())
                    .collect(Collectors.toSet());
            if (!allowed.equals(drawn.get(line.what()))) {
                wrong.add(line.what() + " is drawn for " + drawn.get(line.what()) + " and must be for " + allowed);
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** Groups that a task is drawn for; where the function of a window is asked, those that the configuration names. */
    private static Set<String> groups(UserTask task) {
        return task.getCamundaCandidateGroupsList().stream()
                // Whoever owes something is no drawn role; the code behind that task asks.
                .filter(group -> !group.equals("${ownerGroup}"))
                .flatMap(group -> group.equals("${staffingFunction}") ? STAFFING.stream() : Stream.of(group))
                .collect(Collectors.toSet());
    }

    @Test
    void tasksAsTheyComeOnTheWayOfAnEmergency() {
        List<String> wrong = new ArrayList<>();
        hand.haltAt(URGENT, RightsMatrixScenarioTest::servesNobodyYet);
        ReleaseStory urgent = ReleaseStory.requestedBy(
                        people.named("mara"), "5.2.0", "2.4.0", Urgency.EMERGENCY, application)
                .movedBy(hand::turn);
        for (Line line : lines("emergency")) {
            if (line.what().equals("userTask_reviewEmergency")) {
                // Not by the one who is asked below: whoever approved an emergency does not review it.
                urgent.does(people.named("carl"), "userTask_approveChange");
                takenBackBeforeItWentLive(urgent);
                urgent.completes("mara", "userTask_decideNextStep", THE_END);
            }
            urgent.goesOnTo(line.what());
            holdsFor(line, URGENT, wrong);
        }
        assertThat(wrong).isEmpty();
    }

    private static boolean servesNobodyYet(EngineByHand.Point point) {
        return point.activity().equals(BEFORE_TRAFFIC) && point.environment().equals(SampleLandscape.PRODUCTION);
    }

    /** What people do so that a task comes which a release that goes well never sees. */
    private void makeWayTo(String task) {
        switch (task) {
            case "userTask_decideFailedGate" ->
                story.completes("quinn", "userTask_supplyEvidence", Map.of("evidenceNote", "There is none."));
            case "userTask_grantWaiver" ->
                story.completes(
                        "quinn",
                        "userTask_decideFailedGate",
                        Map.of(
                                "gateDecision",
                                "WAIVER",
                                "gateReason",
                                "The reports are late.",
                                "compensatingControl",
                                "The next gate sees them.",
                                "waiverExpires",
                                Instant.now().plus(1, ChronoUnit.HOURS).toString()));
            case "userTask_assessRisk" ->
                story.completes(
                        "chiara",
                        "userTask_grantWaiver",
                        Map.of("waiverVerdict", "GRANTED", "waiverReason", "The next gate sees them."));
            case "userTask_resumeRelease" -> asked(KEY, "hold");
            case "userTask_decideNextStep" -> {
                story.completes("mara", "userTask_resumeRelease", Map.of("resumeReason", "It was looked at."));
                takenBackBeforeItWentLive(story);
            }
            case "userTask_resolveOpenPoints" -> {
                hand.haltAt(KEY, point -> point.activity().equals("serviceTask_evaluateClosing"));
                story.completes("mara", "userTask_decideNextStep", THE_END);
                story.goesOnUntil("the closing", () -> hand.isAt(KEY, "serviceTask_evaluateClosing"));
                register.update(
                        SampleLandscape.SYSTEM,
                        SampleLandscape.PRODUCTION,
                        Optional.of(new ConfigurationRegister.Installed("9.9.8", "e".repeat(64), Optional.empty())),
                        "somebody-else-than-" + KEY);
                hand.haltAt(KEY, point -> false);
            }
            case "userTask_signClosure" ->
                story.completes(
                        "mara", "userTask_resolveOpenPoints", Map.of("openPointsNote", "The register is right."));
            default -> {
                // It comes by itself.
            }
        }
    }

    private void takenBackBeforeItWentLive(ReleaseStory release) {
        release.goesOnUntil(
                "the door of production",
                () -> release.release().state() == ReleaseState.DEPLOYING && hand.isAt(release.key(), BEFORE_TRAFFIC));
        asked(release.key(), "rollback");
        release.awaited("userTask_decideNextStep");
    }

    private void asked(String release, String what) {
        HttpResponse<String> answer = program(Role.OPERATIONS)
                .json("POST", "/api/v1/releases/" + release + "/" + what, "{\"reason\":\"To look at the task.\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private void holdsFor(Line line, String release, List<String> wrong) {
        List<Task> open = access.asSystem(() -> tasks.createTaskQuery()
                .processInstanceBusinessKey(release)
                .taskDefinitionKey(line.what())
                .list());
        assertThat(open).isNotEmpty();
        line.cells().forEach((role, allowed) -> {
            boolean taken = open.stream().filter(task -> takes(role, task)).count() > 0;
            if (taken != allowed) {
                wrong.add(line + " by " + role.group() + " must " + (allowed ? "" : "not ") + "be taken");
            }
        });
    }

    private void confirmed(Line line, Task task, List<String> wrong) {
        Call call = Call.of(line.what().replace("{task}", task.getId()));
        line.cells().forEach((role, allowed) -> {
            HttpResponse<String> answer = call.method().equals("GET")
                    ? signedIn(role).get(call.path())
                    : sent(signedIn(role), token(role), call);
            if (allowed == refused(answer)) {
                wrong.add(line + " by " + role.group() + " was answered " + answer.statusCode());
            }
        });
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
                        case "form", "call", "confirm" ->
                            anybody.json(
                                    Call.of(line.what()).method(),
                                    filled(Call.of(line.what()).path()),
                                    "{}");
                        case "ask" ->
                            anybody.json("POST", "/api/v1/releases/" + KEY + "/" + line.what(), "{\"reason\":\"x\"}");
                        case "engine" -> engine(anybody, line.what());
                        case "start" ->
                            anybody.json(
                                    "POST", callers.rest("/process-definition/key/" + line.what() + "/start"), "{}");
                        default -> anybody.get(callers.rest("/task?taskDefinitionKey=" + line.what()));
                    };
            assertThat(refused(answer) || line.what().equals("/login"))
                    .as(line + " " + answer)
                    .isTrue();
        }
        for (String open : List.of("/login", "/actuator/health", "/css/slipway.css", "/favicon.svg")) {
            assertThat(anybody.get(open).statusCode()).as(open).isEqualTo(200);
        }
    }
}
