package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.slipway.Capability;
import io.slipway.demo.DemoStage;
import io.slipway.demo.SampleLandscape;
import io.slipway.integration.targets.Route;
import io.slipway.integration.targets.Targets;
import io.slipway.platform.process.EngineAccess;
import io.slipway.platform.process.TaskRefused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseState;
import io.slipway.release.Urgency;
import io.slipway.testing.Visitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.externaltask.ExternalTask;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.context.TestPropertySource;

/**
 * Whatever people with rights in the engine, or with the database itself, do to a release on its way: production is touched only by
 * what was approved, in the order of the model. At last the release goes live, so that it was the guards that held it.
 */
// An application of its own: it looks at production, which the stories of others change.
@TestPropertySource(properties = "slipway.test.application=production-is-guarded")
@GuardedApplication
@Tag("database")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("NullAway.Init")
@Capability({"5.1", "5.6"})
class ProductionIsGuardedScenarioTest {

    /** Approved and ready: its next step would bring the package to production. */
    private static final String READY = "storefront-2.4.0";

    /** Packaged, and approved by nobody. */
    private static final String UNAPPROVED = "storefront-2.5.0";

    private static final Route ROUTE = new Route(SampleLandscape.PRODUCTION, SampleLandscape.SYSTEM);
    private static final String TRANSFER = "serviceTask_transferPackage";

    @Autowired
    private ApplicationContext application;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private Callers callers;

    @Autowired
    private EngineAccess access;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private TaskService tasks;

    @Autowired
    private ExternalTaskService external;

    @Autowired
    private Targets targets;

    @Autowired
    private DemoStage stage;

    @Value("${slipway.artifacts.directory}")
    private Path artifacts;

    @Value("${slipway.targets.agent.data-dir}")
    private Path agent;

    private JdbcTemplate database;
    private ReleaseStory ready;
    private ReleaseStory unapproved;
    private String served;

    /** Whoever owns the tables could change what the application's own account may not. */
    @Autowired
    void ownTheDatabase(
            @Value("${spring.datasource.url}") String url,
            @Value("${spring.flyway.user}") String user,
            @Value("${spring.flyway.password}") String password) {
        database = new JdbcTemplate(new DriverManagerDataSource(url, user, password));
    }

    @BeforeAll
    void twoReleasesOnTheirWay() {
        served = targets.route(ROUTE).orElseThrow().serviceId();
        hand.haltAt(READY, point -> point.activity().equals("serviceTask_recordVerdict"));
        ready = ReleaseStory.requestedBy("mara", "2.4.0", Urgency.NORMAL, application)
                .movedBy(hand::turn)
                .goesOnUntil("the verdict of a gate", () -> hand.isAt(READY, "serviceTask_recordVerdict"));
        hand.haltAt(UNAPPROVED, point -> point.process().equals("promote-to-environment"));
        unapproved = ReleaseStory.requestedBy("mara", "2.5.0", Urgency.NORMAL, application)
                .movedBy(hand::turn)
                .goesOnUntil("the first promotion", () -> hand.isAt(UNAPPROVED, "startEvent_promotionOpened"));
    }

    private boolean opensApprovals(EngineByHand.Point point) {
        return point.activity().equals("serviceTask_openApprovals");
    }

    private boolean entersProduction(EngineByHand.Point point) {
        return point.environment().equals(SampleLandscape.PRODUCTION)
                && point.activity().equals(TRANSFER);
    }

    // ---- on the way to production

    @Test
    @Order(5)
    void anotherVerdictThanTheDecisionGivesIsRefused() {
        Job job = hand.jobAt(READY, "serviceTask_recordVerdict");
        Object right = set(job.getProcessInstanceId(), "gateVerdict", "FAILED");
        assertThat(right).isEqualTo("PASSED");

        assertThatThrownBy(() -> hand.execute(job))
                .hasMessageContaining("on the recorded figures the decision says PASSED")
                .hasMessageContaining("please restore the variable 'gateVerdict'");

        set(job.getProcessInstanceId(), "gateVerdict", right);
        hand.haltAt(READY, this::opensApprovals);
        ready.goesOnUntil("the approvals to be opened", () -> hand.isAt(READY, "serviceTask_openApprovals"));
    }

    @Test
    @Order(10)
    void otherApproversThanTheRecordsGiveAreRefused() {
        Job job = hand.jobAt(READY, "serviceTask_openApprovals");
        Object right =
                set(job.getProcessInstanceId(), "approvalGroups", new ArrayList<>(List.of("change-authority", "qa")));

        assertThatThrownBy(() -> hand.execute(job))
                .hasMessageContaining("approvalGroups")
                .hasMessageContaining("please restore");

        set(job.getProcessInstanceId(), "approvalGroups", right);
        hand.haltAt(READY, this::entersProduction);
        ready.goesOnTo("userTask_approveChange");
        untouched();
    }

    @ParameterizedTest
    @CsvSource({"bpmnError,CHANGE_REJECTED", "bpmnError,NO_GO", "bpmnEscalation,CHANGE_REJECTED"})
    @Order(20)
    void aCandidateEndsATaskOnlyByItsForm(String way, String code) {
        Task task = ready.awaited("userTask_approveChange");
        String body = callers.write(Map.of(
                "errorCode",
                code,
                "escalationCode",
                code,
                "variables",
                Callers.typed(Map.of("approvalVerdict", code))));

        for (String login : List.of("chiara", "carl")) {
            HttpResponse<String> answer =
                    callers.program(login).json("POST", callers.rest("/task/" + task.getId() + "/" + way), body);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
            assertThat(answer.body()).contains("completing its form");
        }
        assertThatThrownBy(() -> access.as(callers.id("chiara"), () -> {
                    tasks.handleBpmnError(task.getId(), code);
                    return true;
                }))
                .isInstanceOf(TaskRefused.class);
        assertThatThrownBy(() -> access.asSystem(() -> {
                    tasks.handleEscalation(task.getId(), code);
                    return true;
                }))
                .isInstanceOf(TaskRefused.class);
        assertThat(ready.awaited("userTask_approveChange").getId()).isEqualTo(task.getId());
        assertThat(ready.release().state()).isEqualTo(ReleaseState.AWAITING_APPROVAL);
    }

    @Test
    @Order(30)
    void aTokenMovedPastTheApproversFindsThatTheirDecisionIsMissing() {
        Task task = ready.awaited("userTask_approveChange");
        String instance = task.getProcessInstanceId();

        moved(
                instance,
                Map.of("type", "cancel", "activityId", "userTask_approveChange"),
                Map.of("type", "startBeforeActivity", "activityId", "serviceTask_concludeApproval"));
        assertThatThrownBy(() -> hand.execute(hand.jobAt(READY, "serviceTask_concludeApproval")))
                .hasMessageContaining("is missing")
                .hasMessageContaining("please let the token go back");

        moved(
                instance,
                Map.of("type", "startBeforeActivity", "activityId", "userTask_approveChange#multiInstanceBody"),
                Map.of("type", "cancel", "activityId", "serviceTask_concludeApproval"));
        untouched();
        ready.goesOnUntil("the door of production", () -> hand.isAt(READY, TRANSFER));
        untouched();
    }

    // ---- what was approved is changed

    /** A column of a row that an approval signs, or that a condition of production reads. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
        scope     ; scope_item        ; title              ; concat(title, '.')            ; item_key = 'SHOP-102' and release_id = ?
        scope     ; scope_item        ; risk               ; risk + 1                      ; item_key = 'SHOP-102' and release_id = ?
        scope     ; exit_attestation  ; evidence           ; concat(evidence, '.')         ; criterion = 'reviewed' and release_id = ?
        scope     ; slipway_release   ; release_class      ; 'EMERGENCY'                   ; id = ?
        window    ; release_window    ; ends_at            ; timestampadd(minute, 1, ends_at); release_id = ?
        window    ; slipway_release   ; window_end         ; timestampadd(hour, 9, window_end); id = ?
        package   ; package_seal      ; manifest           ; concat(manifest, ' ')         ; release_id = ?
        package   ; package_seal      ; digest             ; concat('g', substring(digest, 2))   ; release_id = ?
        quality   ; gate_verdict      ; verdict            ; 'FAILED'                      ; environment_key = 'staging' and release_id = ?
        quality   ; gate_verdict      ; package_digest     ; concat('g', substring(package_digest, 2)) ; environment_key = 'staging' and release_id = ?
        risk      ; risk_assessment   ; likelihood         ; likelihood + 1                ; release_id = ?
        risk      ; risk_assessment   ; assessed_by        ; 'somebody'                    ; release_id = ?
        plan      ; deployment        ; plan_digest        ; concat('g', substring(plan_digest, 2)) ; environment_key = 'production' and release_id = ?
        package   ; deployment        ; package_digest     ; concat('g', substring(package_digest, 2)) ; environment_key = 'production' and release_id = ?
        models    ; model_pin         ; digest             ; concat('g', substring(digest, 2))   ; definition_key = 'deploy-release' and business_key = (select release_key from slipway_release where id = ?)
        content   ; approval_decision ; content_digest     ; concat('g', substring(content_digest, 2)) ; round_id in (select id from approval_round where release_id = ?)
        another group ; approval_decision ; group_name     ; 'qa'                          ; round_id in (select id from approval_round where release_id = ?)
        go        ; go_decision       ; decision           ; 'NO_GO'                       ; release_id = ?
        hold      ; slipway_release   ; on_hold            ; true                          ; id = ?
        """)
    @Order(40)
    void aChangedRecordStopsTheDeploymentAndIsNamed(
            String part, String table, String column, String value, String where) {
        byte[] id =
                database.queryForObject("select id from slipway_release where release_key = ?", byte[].class, READY);
        Object before = database.queryForObject(
                "select %s from %s where %s".formatted(column, table, where), Object.class, (Object) id);
        assertThat(database.update(
                        "update %s set %s = %s where %s".formatted(table, column, value, where), (Object) id))
                .isEqualTo(1);
        try {
            refusedAtTheDoor(part.equals("another group") ? "missing" : part);
        } finally {
            database.update("update %s set %s = ? where %s".formatted(table, column, where), before, id);
        }
        untouched();
    }

    @Test
    @Order(50)
    void aChangedByteOfThePackageStopsTheDeploymentAndAnIncidentNamesIt() throws IOException {
        Path jar = file(stage.build("2.4.0").jar());
        byte[] right = Files.readAllBytes(jar);
        byte[] wrong = right.clone();
        wrong[wrong.length / 2] ^= 1;
        Job job = hand.jobAt(READY, TRANSFER);
        replace(jar, wrong);
        try {
            hand.giveUp(job);
            refusedAtTheDoor("storefront-2.4.0.jar");
            Incident incident = access.asSystem(() -> runtime.createIncidentQuery()
                    .processInstanceId(job.getProcessInstanceId())
                    .singleResult());
            assertThat(incident.getIncidentMessage()).contains("storefront-2.4.0.jar", "please", "Nothing was sent");
        } finally {
            replace(jar, right);
            hand.giveBack(job);
        }
        untouched();
    }

    private Path file(Path jar) throws IOException {
        byte[] bytes = Files.readAllBytes(jar);
        try (Stream<Path> files = Files.walk(artifacts)) {
            return files.filter(Files::isRegularFile)
                    .filter(stored -> same(stored, bytes))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static boolean same(Path file, byte[] bytes) {
        try {
            return java.util.Arrays.equals(Files.readAllBytes(file), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void replace(Path file, byte[] bytes) throws IOException {
        Path fresh = Files.createTempFile(file.getParent(), "other", ".tmp");
        Files.write(fresh, bytes);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private void refusedAtTheDoor(String named) {
        Throwable refusal = catchThrowable(() -> hand.execute(hand.jobAt(READY, TRANSFER)));
        assertThat(refusal).as("refusal that names " + named).isNotNull();
        assertThat(refusal).hasMessageContaining(named).hasMessageContaining("lease");
    }

    // ---- variables

    @ParameterizedTest
    @ValueSource(strings = {"releaseId", "environment"})
    @Order(60)
    void aVariableThatNamesAnotherReleaseOrPlaceLeadsNowhere(String variable) {
        String instance = hand.jobAt(READY, TRANSFER).getProcessInstanceId();
        Map<String, String> others =
                Map.of("releaseId", unapproved.release().id().toString(), "environment", "staging");
        Object right = access.asSystem(() -> runtime.getVariable(instance, variable));

        HttpResponse<String> answer = callers.program("oscar")
                .json(
                        "PUT",
                        callers.rest("/process-instance/" + instance + "/variables/" + variable),
                        callers.write(Map.of("value", others.get(variable), "type", "String")));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);

        assertThatThrownBy(() -> hand.execute(hand.jobAt(READY, TRANSFER))).hasMessageContaining("please");
        set(instance, variable, right);
        untouched();
    }

    @Test
    @Order(61)
    void theReleaseThatNobodyApprovedDoesNotPassAsTheApprovedOne() {
        String root = unapproved.release().processInstanceId().orElseThrow();
        Object right = set(root, "releaseId", ready.release().id().toString());
        Job job = hand.jobAt(UNAPPROVED, "startEvent_promotionOpened");
        Object own = set(
                job.getProcessInstanceId(), "releaseId", ready.release().id().toString());
        moved(
                job.getProcessInstanceId(),
                Map.of("type", "startBeforeActivity", "activityId", "callActivity_deployRelease"));

        assertThatThrownBy(() -> {
                    hand.execute(hand.jobAt(UNAPPROVED, "startEvent_deploymentOpened"));
                    hand.execute(hand.jobAt(UNAPPROVED, "serviceTask_openDeployment"));
                })
                .hasMessageContaining("'releaseId'")
                .hasMessageContaining(
                        "please restore it to " + unapproved.release().id());

        moved(job.getProcessInstanceId(), Map.of("type", "cancel", "activityId", "callActivity_deployRelease"));
        set(root, "releaseId", right);
        set(job.getProcessInstanceId(), "releaseId", own);
        untouched();
    }

    @Test
    @Order(62)
    void aProductionThatIsAnotherEnvironmentIsNotDeployedTo() {
        Job transfer = hand.jobAt(READY, TRANSFER);
        String root = ready.release().processInstanceId().orElseThrow();
        Object right = set(root, "productionEnvironment", "staging");
        moved(
                root,
                Map.of("type", "cancel", "activityId", "callActivity_deployRelease"),
                Map.of("type", "startBeforeActivity", "activityId", "callActivity_deployRelease"));
        assertThat(hand.jobAt(READY, "startEvent_deploymentOpened").getProcessInstanceId())
                .isNotEqualTo(transfer.getProcessInstanceId());
        hand.execute(hand.jobAt(READY, "startEvent_deploymentOpened"));

        assertThatThrownBy(() -> hand.execute(hand.jobAt(READY, "serviceTask_openDeployment")))
                .hasMessageContaining("'environment' of deploy-release names staging")
                .hasMessageContaining("works on production")
                .hasMessageContaining("please restore it to production");

        set(root, "productionEnvironment", right);
        set(hand.jobAt(READY, "serviceTask_openDeployment").getProcessInstanceId(), "environment", right);
        ready.goesOnUntil("the door of production", () -> hand.isAt(READY, TRANSFER));
        untouched();
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "nowhere"})
    @Order(63)
    void aPromotionGoesToNoEnvironmentThatIsNotOnTheRoute(String environment) {
        Job opened = hand.jobAt(UNAPPROVED, "startEvent_promotionOpened");
        String root = unapproved.release().processInstanceId().orElseThrow();
        Object right = set(opened.getProcessInstanceId(), "environment", environment);
        moved(
                opened.getProcessInstanceId(),
                Map.of("type", "startBeforeActivity", "activityId", "serviceTask_bookEnvironment"));
        assertThatThrownBy(() -> hand.execute(hand.jobAt(UNAPPROVED, "serviceTask_bookEnvironment")))
                .hasMessageContaining("names " + environment)
                .hasMessageContaining("please restore it to " + right);

        String loop = promotionLoop(root);
        setLocally(loop, "environment", environment);
        assertThatThrownBy(() -> hand.execute(hand.jobAt(UNAPPROVED, "serviceTask_bookEnvironment")))
                .hasMessageContaining("'" + environment + "' is no environment that " + UNAPPROVED + " passes")
                .hasMessageContaining("[development, staging]");

        setLocally(loop, "environment", right);
        set(opened.getProcessInstanceId(), "environment", right);
        moved(opened.getProcessInstanceId(), Map.of("type", "cancel", "activityId", "serviceTask_bookEnvironment"));
        untouched();
    }

    /** The execution of the spine that carries the environment of the promotion it called. */
    private String promotionLoop(String root) {
        return access.asSystem(() -> runtime.createVariableInstanceQuery()
                .processInstanceIdIn(root)
                .variableName("environment")
                .singleResult()
                .getExecutionId());
    }

    private void setLocally(String execution, String variable, Object value) {
        access.asSystem(() -> {
            runtime.setVariableLocal(execution, variable, value);
            return true;
        });
    }

    @Test
    @Order(64)
    void aTokenMovedPastADeploymentFindsNothingToJudge() {
        Job opened = hand.jobAt(UNAPPROVED, "startEvent_promotionOpened");
        moved(
                opened.getProcessInstanceId(),
                Map.of("type", "startBeforeActivity", "activityId", "callActivity_passQualityGate"));
        hand.haltAt(UNAPPROVED, point -> point.process().equals("promote-to-environment"));
        unapproved.completes("quinn", "userTask_supplyEvidence", Map.of("evidenceNote", "There is none."));

        assertThatThrownBy(() -> hand.execute(hand.jobAt(UNAPPROVED, "serviceTask_evaluateEvidence")))
                .hasMessageContaining("so its tests prove nothing")
                .hasMessageContaining("please move the token back to the step 'Deploy release'");

        moved(opened.getProcessInstanceId(), Map.of("type", "cancel", "activityId", "callActivity_passQualityGate"));
        untouched();
    }

    @Test
    @Order(65)
    void anotherPatternThanTheApprovedOneIsNotDeployed() {
        String instance = hand.jobAt(READY, TRANSFER).getProcessInstanceId();
        Object right = set(instance, "deploymentPattern", "ROLLING");
        assertThat(right).isEqualTo("BLUE_GREEN");
        replanned(instance);

        refusedAtTheDoor("plan");

        set(instance, "deploymentPattern", right);
        replanned(instance);
        untouched();
    }

    private void replanned(String instance) {
        moved(
                instance,
                Map.of("type", "cancel", "activityId", TRANSFER),
                Map.of("type", "startBeforeActivity", "activityId", "serviceTask_planDeployment"));
        hand.execute(hand.jobAt(READY, "serviceTask_planDeployment"));
    }

    // ---- tokens

    @ParameterizedTest
    @ValueSource(strings = {"serviceTask_startService", "serviceTask_switchTraffic", "serviceTask_verifyLive"})
    @Order(70)
    void aTokenMovedAheadFindsTheStepBeforeItMissing(String activity) {
        String instance = hand.jobAt(READY, TRANSFER).getProcessInstanceId();

        moved(instance, Map.of("type", "startBeforeActivity", "activityId", activity));
        assertThatThrownBy(() -> {
                    hand.execute(hand.jobAt(READY, activity));
                    hand.work(waitingWork(READY));
                })
                .hasMessageContaining("is not ready")
                .hasMessageContaining("Please move the token back");

        moved(instance, Map.of("type", "cancel", "activityId", activity));
        untouched();
    }

    private ExternalTask waitingWork(String release) {
        return access.asSystem(() -> external.createExternalTaskQuery().list()).stream()
                .filter(task -> release.equals(task.getBusinessKey()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Order(71)
    void aTokenMovedToGoLiveFindsThatNobodyApproved() {
        String root = unapproved.release().processInstanceId().orElseThrow();
        Object route = set(root, "promotionRoute", new ArrayList<>());
        moved(root, Map.of("type", "startBeforeActivity", "activityId", "callActivity_deployRelease"));
        hand.haltAt(UNAPPROVED, point -> !point.process().equals("deploy-release"));

        assertThatThrownBy(() -> hand.turn(UNAPPROVED))
                .hasMessageContaining("has not been approved")
                .hasMessageContaining("The gate of development has no verdict")
                .hasMessageContaining("The gate of staging has no verdict")
                .hasMessageContaining("No go is given")
                .hasMessageContaining("please clear this and retry");

        set(root, "promotionRoute", route);
        assertThat(unapproved.release().state().touchesProduction())
                .as("a token alone says nothing about production")
                .isFalse();
        untouched();
    }

    @Test
    @Order(72)
    void aTokenMovedToTheValidationFindsAnotherVersionLive() {
        String root = unapproved.release().processInstanceId().orElseThrow();
        moved(root, Map.of("type", "startBeforeActivity", "activityId", "callActivity_validateRelease"));
        set(root, "productionEnvironment", "staging");
        hand.execute(hand.jobAt(UNAPPROVED, "startEvent_validationOpened"));

        assertThatThrownBy(() -> hand.execute(hand.jobAt(UNAPPROVED, "serviceTask_openValidation")))
                .hasMessageContaining(UNAPPROVED + " is not what the users of production reach")
                .hasMessageContaining("version 2.3.0")
                .hasMessageContaining("please move the token back to the step 'Deploy release'");

        moved(root, Map.of("type", "cancel", "activityId", "callActivity_validateRelease"));
        set(root, "productionEnvironment", SampleLandscape.PRODUCTION);
        untouched();
    }

    @Test
    @Order(73)
    void aForeignWorkerGetsNoWorkAndReportsNoOutcome() {
        Job transfer = hand.jobAt(UNAPPROVED, TRANSFER);
        String instance = transfer.getProcessInstanceId();
        moved(instance, Map.of("type", "startBeforeActivity", "activityId", "serviceTask_startService"));
        hand.execute(hand.jobAt(UNAPPROVED, "serviceTask_startService"));
        ExternalTask work = waitingWork(UNAPPROVED);
        Visitor operations = callers.program("oscar");
        String lock = callers.write(Map.of(
                "workerId",
                "foreign",
                "maxTasks",
                10,
                "topics",
                List.of(Map.of("topicName", work.getTopicName(), "lockDuration", 100_000))));
        String outcome = callers.write(
                Map.of("workerId", "foreign", "errorCode", "START_REFUSED", "lockDuration", 1000, "newDuration", 1000));

        refused(operations.json("POST", callers.rest("/external-task/fetchAndLock"), lock), "workers");
        for (String way : List.of("lock", "complete", "bpmnError", "failure", "extendLock")) {
            refused(
                    operations.json("POST", callers.rest("/external-task/" + work.getId() + "/" + way), outcome),
                    "workers");
        }
        for (String login : List.of("oscar", "derek", "ada")) {
            assertThatThrownBy(() -> access.as(callers.id(login), () -> external.fetchAndLock(1, "foreign")
                            .topic(work.getTopicName(), 1000)
                            .execute()))
                    .isInstanceOf(TaskRefused.class);
        }
        assertThatThrownBy(() -> access.asSystem(() -> {
                    external.complete(work.getId(), "foreign");
                    return true;
                }))
                .isInstanceOf(TaskRefused.class);
        // Not even the right worker can do it: the step before is not done.
        assertThatThrownBy(() -> hand.work(work)).hasMessageContaining("is not ready");

        moved(instance, Map.of("type", "cancel", "activityId", "serviceTask_startService"));
        untouched();
    }

    private static void refused(HttpResponse<String> answer, String because) {
        assertThat(answer.statusCode()).as(answer.body()).isIn(400, 403);
        assertThat(answer.body()).contains(because);
    }

    // ---- starts

    @ParameterizedTest
    @ValueSource(strings = {"oscar", "ada", "mara", "derek", "pia"})
    @Order(80)
    void nobodyStartsADeploymentInTheMiddle(String login) {
        for (String process : List.of("deploy-release", "run-release", "roll-back-release")) {
            String body = callers.write(Map.of(
                    "businessKey",
                    READY,
                    "skipCustomListeners",
                    true,
                    "variables",
                    Callers.typed(Map.of(
                            "releaseId", ready.release().id().toString(), "environment", SampleLandscape.PRODUCTION)),
                    "startInstructions",
                    List.of(Map.of("type", "startBeforeActivity", "activityId", middle(process)))));
            HttpResponse<String> answer = callers.program(login)
                    .json("POST", callers.rest("/process-definition/key/" + process + "/start"), body);
            assertThat(answer.statusCode()).as(answer.body()).isIn(403, 404);
        }
        untouched();
    }

    private static String middle(String process) {
        return switch (process) {
            case "deploy-release" -> "serviceTask_switchTraffic";
            case "run-release" -> "callActivity_deployRelease";
            default -> "serviceTask_undoStep";
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy-release", "run-release", "roll-back-release"})
    @Order(81)
    void codeInsideTheProgramStartsNoneInTheMiddleEither(String process) {
        long before = access.asSystem(() -> runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(READY)
                .count());
        for (String businessKey : List.of(READY, UNAPPROVED, "storefront-9.9.9")) {
            assertThatThrownBy(() -> access.asSystem(() -> runtime.createProcessInstanceByKey(process)
                            .businessKey(businessKey)
                            .setVariable("releaseId", ready.release().id().toString())
                            .setVariable("environment", SampleLandscape.PRODUCTION)
                            .setVariable("productionEnvironment", SampleLandscape.PRODUCTION)
                            .startBeforeActivity(middle(process))
                            .execute(true, true)))
                    .isInstanceOf(TaskRefused.class)
                    .hasMessageContaining("release");
        }
        assertThat(access.asSystem(() -> runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(READY)
                        .count()))
                .isEqualTo(before);
        untouched();
    }

    // ---- and untouched it goes

    @Test
    @Order(90)
    void whatWasApprovedGoesLive() throws IOException, InterruptedException {
        hand.haltAt(READY, point -> point.process().equals("validate-release"));
        ready.goesOnUntil("the validation", () -> hand.isAt(READY, "startEvent_validationOpened"));

        assertThat(versionServed()).contains("\"2.4.0\"");
        assertThat(targets.route(ROUTE).orElseThrow().serviceId()).isNotEqualTo(served);
    }

    @Test
    @Order(91)
    void aRollbackTakesBackNothingElseThanProduction() throws IOException, InterruptedException {
        hand.haltAt(READY, point -> point.process().equals("roll-back-release"));
        HttpResponse<String> asked = callers.program("oscar")
                .json("POST", "/api/v1/releases/" + READY + "/rollback", "{\"reason\":\"To see it go back.\"}");
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(200);
        ready.goesOnUntil("the rollback", () -> hand.isAt(READY, "startEvent_rollbackOpened"));
        hand.execute(hand.jobAt(READY, "startEvent_rollbackOpened"));
        Job plan = hand.jobAt(READY, "serviceTask_planRollback");
        Object right = set(plan.getProcessInstanceId(), "environment", "staging");

        assertThatThrownBy(() -> hand.execute(plan))
                .hasMessageContaining("'environment' of roll-back-release names staging")
                .hasMessageContaining("please restore it to production");
        assertThat(versionServed()).contains("\"2.4.0\"");

        set(plan.getProcessInstanceId(), "environment", right);
        hand.haltAt(READY, point -> false);
        ready.awaited("userTask_decideNextStep");
        assertThat(versionServed()).contains("\"2.3.0\"");
        assertThat(targets.route(ROUTE).orElseThrow().serviceId()).isEqualTo(served);
    }

    // ---- words

    private Object set(String instance, String variable, Object value) {
        return access.asSystem(() -> {
            Object before = runtime.getVariable(instance, variable);
            runtime.setVariable(instance, variable, value);
            return before;
        });
    }

    /** Operations may move tokens, and skip whatever listeners the drawing has. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    private void moved(String instance, Map<String, Object>... instructions) {
        HttpResponse<String> answer = callers.program("oscar")
                .json(
                        "POST",
                        callers.rest("/process-instance/" + instance + "/modification"),
                        callers.write(Map.of(
                                "skipCustomListeners",
                                true,
                                "skipIoMappings",
                                true,
                                "instructions",
                                List.of(instructions))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    }

    /** Route, answers, ledger and the agent's own journal all say so. */
    private void untouched() {
        assertThat(targets.route(ROUTE).orElseThrow().serviceId()).isEqualTo(served);
        try {
            assertThat(versionServed()).contains("\"2.3.0\"");
            for (ReleaseStory story : List.of(ready, unapproved)) {
                Release release = story.release();
                assertThat(database.queryForList(
                                "select state from effect where business_key = ? and run like 'production/%'",
                                String.class, release.key()))
                        .allSatisfy(state -> assertThat(state).isEqualTo("PLANNED"));
                try (Stream<Path> files = Files.walk(agent)) {
                    for (Path journal : files.filter(Files::isRegularFile)
                            .filter(file -> file.getFileName().toString().contains("journal"))
                            .toList()) {
                        assertThat(Files.readString(journal))
                                .doesNotContainPattern(release.id() + "/p[0-9]+/production");
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        assertThat(access.asSystem(() -> runtime.createProcessInstanceQuery()
                        .processDefinitionKey("roll-back-release")
                        .list()))
                .extracting(ProcessInstance::getBusinessKey)
                .isEmpty();
    }

    private String versionServed() throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(stage.address(SampleLandscape.PRODUCTION)
                                        .resolve("version"))
                                .timeout(Duration.ofSeconds(5))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
