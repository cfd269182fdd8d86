package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.Capability;
import io.slipway.browser.Chromium;
import io.slipway.browser.People;
import io.slipway.communication.CommunicationRound;
import io.slipway.demo.BuiltSample;
import io.slipway.demo.DemoStage;
import io.slipway.demo.SampleLandscape;
import io.slipway.demo.SamplePeople;
import io.slipway.demo.autopilot.Actors;
import io.slipway.integration.cmdb.ConfigurationRegister;
import io.slipway.platform.ledger.EffectUnclear;
import io.slipway.platform.process.EngineAccess;
import io.slipway.release.Environment;
import io.slipway.release.Escalations;
import io.slipway.release.Landscape;
import io.slipway.release.NewRelease;
import io.slipway.release.Obligations;
import io.slipway.release.Release;
import io.slipway.release.ReleaseState;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import io.slipway.release.SideProcesses;
import io.slipway.release.Urgency;
import io.slipway.schedule.Windows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Every form of {@code forms/} as Tasklist shows it to somebody who may take its task: all of it is there, in words, within its
 * area, and what is missing is told at the field. The pictures lie in {@code target/screens/forms}.
 */
@GuardedApplication
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
@Capability("X7")
class TasklistFormsScenarioTest {

    private static final Path FORMS = Path.of("forms");
    private static final Path PICTURES = Path.of("target", "screens", "forms");
    private static final String VERSION = "9.87.0";
    private static final String KEY = SampleLandscape.SYSTEM + "-" + VERSION;
    private static final String SYSTEM = "gallery";
    private static final String API = "/api/v1/releases/" + KEY;

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @LocalServerPort
    private int port;

    @Autowired
    private ApplicationContext application;

    @Autowired
    private Callers callers;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private EngineAccess access;

    @Autowired
    private ProcessEngine engine;

    @Autowired
    private TaskService tasks;

    @Autowired
    private FormService formService;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private SamplePeople people;

    @Autowired
    private Actors actors;

    @Autowired
    private Landscape landscape;

    @Autowired
    private Releases releases;

    @Autowired
    private Windows windows;

    @Autowired
    private SideProcesses sides;

    @Autowired
    private Obligations obligations;

    @Autowired
    private Escalations escalations;

    @Autowired
    private ConfigurationRegister register;

    @Autowired
    private JdbcClient jdbc;

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, JsonNode> forms = new TreeMap<>();
    private final Set<String> seen = new TreeSet<>();
    private final List<String> faults = new ArrayList<>();
    private final Map<String, Release> own = new TreeMap<>();
    private ReleaseStory story;
    private FinishedPages pages;

    @AfterAll
    void nothingIsLeftBehind() {
        jdbc.sql("delete from roster_member").update();
        // Not moved on: some of their tokens stand where no process would have put them.
        for (Release release : own.values()) {
            asksToCancel(release.key());
        }
        if (story != null) {
            cancel(story.key());
        }
    }

    private void cancel(String key) {
        asksToCancel(key);
        hand.turn(key);
    }

    private void asksToCancel(String key) {
        callers.program("mara")
                .json("POST", "/api/v1/releases/" + key + "/cancel", callers.write(Map.of("reason", "It was seen.")));
    }

    @Test
    void everyFormIsFinished() throws IOException {
        Files.createDirectories(PICTURES);
        try (Stream<Path> files = Files.walk(FORMS)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".form")).toList()) {
                JsonNode form = json.readTree(Files.readString(file));
                forms.put(form.path("id").asText(), form);
            }
        }
        assertThat(forms).containsKeys("confirm-scope", "sign-closure");

        besideTheWay();
        broughtUp(this::onTheWay);

        faults.addAll(pages.faults());
        assertThat(faults).isEmpty();
        assertThat(seen).as("forms that were seen in Tasklist").isEqualTo(forms.keySet());
    }

    // What a release comes by, with a failed gate, a hold and a way back.

    private void onTheWay() {
        story.typing((task, inputs) -> {
            see(task);
            return inputs;
        });
        story.goesOnTo("userTask_supplyFiles");
        rebuilt();
        story.goesOnTo("userTask_supplyEvidence");
        completed("quinn", "userTask_supplyEvidence", Map.of("evidenceNote", "There is none."));
        completed(
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
        completed(
                "chiara",
                "userTask_grantWaiver",
                Map.of("waiverVerdict", "GRANTED", "waiverReason", "The next gate sees them."));
        story.goesOnTo("userTask_acceptGo");
        asked("oscar", API + "/hold", Map.of("reason", "Somebody looks at the task."));
        completed("mara", "userTask_resumeRelease", Map.of("resumeReason", "It was looked at."));
        hand.haltAt(
                KEY,
                point -> point.activity().equals("serviceTask_checkHealth")
                        && point.environment().equals(SampleLandscape.PRODUCTION));
        story.goesOnUntil(
                "the door of production",
                () -> story.release().state() == ReleaseState.DEPLOYING && hand.isAt(KEY, "serviceTask_checkHealth"));
        asked("oscar", API + "/rollback", Map.of("reason", "Orders are refused."));
        hand.haltAt(KEY, point -> point.activity().equals("serviceTask_evaluateClosing"));
        completed(
                "mara",
                "userTask_decideNextStep",
                Map.of("rollbackDecision", "END", "rollbackReason", "The cause is looked for first."));
        story.goesOnUntil("the closing", () -> hand.isAt(KEY, "serviceTask_evaluateClosing"));
        register.update(
                SampleLandscape.SYSTEM,
                SampleLandscape.PRODUCTION,
                Optional.of(new ConfigurationRegister.Installed("9.9.9", "f".repeat(64), Optional.empty())),
                "somebody-else");
        hand.haltAt(KEY, point -> false);
        completed("mara", "userTask_resolveOpenPoints", Map.of("openPointsNote", "The register is right."));
        see(story.awaited("userTask_signClosure"));
        story.confirms("mara", "userTask_signClosure", "ROLLED_BACK")
                .completes("mara", "userTask_signClosure", Map.of("closureOutcome", "ROLLED_BACK"));
        story.goesOnTo(ReleaseState.CLOSED);
        see(story.awaited("userTask_holdReview"));
    }

    /** A busy machine may not have done yet what it was asked for; as the job executor does, it is asked again the next time. */
    private void turnPatiently(String key) {
        try {
            hand.turn(key);
        } catch (EffectUnclear busy) {
            assertThat(busy).hasMessageContaining("being worked on");
        }
    }

    private void completed(String login, String task, Map<String, Object> inputs) {
        see(story.awaited(task));
        story.completes(login, task, inputs);
    }

    private void rebuilt() {
        BuiltSample older = application.getBean(DemoStage.class).build("2.3.0");
        try {
            assertThat(callers.program("dora")
                            .bytes(
                                    "PUT",
                                    API + "/packaging/files/storefront-2.4.0.jar",
                                    "application/octet-stream",
                                    Files.readAllBytes(older.jar()))
                            .statusCode())
                    .isLessThan(300);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        asked("dora", API + "/packaging/rebuilds", Map.of("revision", "v2.4.0"));
        see(waiting(KEY, "userTask_reviewDifferences"));
        callers.program("dora").json("DELETE", API + "/packaging/files/storefront-2.4.0.jar", "");
        story.completes(
                "sefa",
                "userTask_reviewDifferences",
                Map.of("differencesVerdict", "ACCEPTED", "differencesReason", "An older build, on purpose."));
    }

    // What most releases never see.

    private void besideTheWay() {
        pages = new FinishedPages(CHROMIUM, port);
        broughtUp(this::ofAReleaseThatPromised);
        story = ReleaseStory.requestedBy(people.named("mara"), VERSION, "2.4.0", application)
                .movedBy(this::turnPatiently);
        story.awaited("userTask_supplyItems");
        broughtUp(this::promises);
        broughtUp(this::quality);
        broughtUp(this::communication);
        broughtUp(this::time);
        broughtUp(this::tradeOff);
    }

    private void promises() {
        asked(
                "mara",
                api() + "/scope/assumptions",
                Map.of(
                        "statement",
                        "The bank answers within two seconds.",
                        "party",
                        "Bank of the Lake",
                        "validUntil",
                        Instant.now().plusSeconds(86_400).toString(),
                        "impact",
                        "Nobody can pay.",
                        "dependingTasks",
                        List.of("userTask_acceptGo")));
        hand.turn(aside().key());
        see(moved(aside().key(), "verify-assumption", "userTask_confirmAssumption"));
        obligations.open(new Obligations.NewObligation(
                aside().key() + "/condition/79",
                Optional.of(aside().id()),
                Optional.of(aside().system()),
                Obligations.Kind.CONDITION,
                "Watch the cache after the release and write down how often it missed.",
                Role.OPERATIONS,
                Optional.empty(),
                Instant.now().plus(30, ChronoUnit.DAYS),
                false));
        see(waiting(aside().key(), "userTask_fulfilObligation"));
    }

    private void quality() {
        jdbc.sql(
                        "insert into finding (system_key, fingerprint, tool, rule_id, severity, path, line_number, message, snippet_hash,"
                                + " requested, first_seen_at, last_seen_at, last_release_id, triage_state)"
                                + " select system_key, ?, 'SpotBugs', 'SQL_INJECTION_JDBC', 'ERROR', 'src/main/java/shop/Orders.java', 42,"
                                + " 'The query is put together from what a user typed.', '',"
                                + " false, requested_at, requested_at, id, 'OPEN' from slipway_release where release_key = ?")
                .params("7e".repeat(32), aside().key())
                .update();
        String finding = jdbc.sql("select id from finding where fingerprint = ?")
                .param("7e".repeat(32))
                .query(String.class)
                .single();
        asked("quinn", "/api/v1/findings/" + finding + "/triage", Map.of());
        String triage = "finding-" + finding;
        Task first = waiting(triage, "userTask_triageFinding");
        see(first);
        actors.complete(
                actors.named("quinn"),
                first,
                Map.of(
                        "triageVerdict",
                        "FALSE_POSITIVE",
                        "triageReason",
                        "The line is bounded.",
                        "triageEvidence",
                        "Test LineTest",
                        "triageScope",
                        "SYSTEM",
                        "triageExpires",
                        Instant.now().plus(10, ChronoUnit.DAYS).toString()));
        Task second = waiting(triage, "userTask_confirmTriage");
        see(second);
        actors.complete(
                actors.named("sefa"), second, Map.of("confirmDecision", "CONFIRM", "confirmReason", "It is bounded."));

        asked(
                "mara",
                api() + "/exemptions",
                Map.of(
                        "skipped",
                        "The load test",
                        "compensatingControl",
                        "Traffic is watched.",
                        "validation",
                        "The load test is run.",
                        "validateBy",
                        Instant.now().plus(1, ChronoUnit.DAYS).toString()));
        see(waiting(aside().key(), "userTask_grantExemption"));
        done(
                "chiara",
                waiting(aside().key(), "userTask_grantExemption"),
                Map.of("exemptionVerdict", "GRANTED", "exemptionReason", "The fault costs more."));
        see(waiting(aside().key(), "userTask_validateExemption"));

        String refresh = "refresh-"
                + callers.read(sent(
                                "dana",
                                "/api/v1/refreshes",
                                Map.of(
                                        "system",
                                        SampleLandscape.SYSTEM,
                                        "environment",
                                        "staging",
                                        "sourceVersion",
                                        "2.3.0",
                                        "masked",
                                        List.of("customer.mail"),
                                        "references",
                                        List.of("orders.customer -> customer.id"),
                                        "configuration",
                                        40,
                                        "topology",
                                        20,
                                        "load",
                                        10)))
                        .path("number")
                        .asText();
        see(waiting(refresh, "userTask_restoreClone"));
    }

    private void communication() {
        asked(
                "mara",
                api() + "/materials",
                Map.of("kind", "TRAINING", "audience", "service", "item", "SHOP-101 The basket"));
        see(waiting(aside().key(), "userTask_prepareMaterial"));
        done(
                "mara",
                waiting(aside().key(), "userTask_prepareMaterial"),
                Map.of(
                        "materialTitle",
                        "The basket",
                        "materialText",
                        "Several pieces can be put into the basket at once.",
                        "publishAt",
                        Instant.now().plusSeconds(600).toString()));
        see(waiting(aside().key(), "userTask_reviewMaterial"));
        done("sam", waiting(aside().key(), "userTask_reviewMaterial"), Map.of("materialVerdict", "ACCEPT"));
        access.asSystem(() -> {
            escalations.raise(
                    aside(),
                    "dependency/79",
                    "Can " + aside().key() + " count on payments?",
                    List.of("Payments has not confirmed.", "The interface for refunds is needed by Friday."));
            return true;
        });
        see(waiting(aside().key(), "userTask_decideQuestion"));
    }

    private void time() {
        Instant tomorrow = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.HOURS);
        Release first = own("1.0.0");
        Release second = own("1.1.0");
        asked("quinn", "/api/v1/bookings", booking(first, tomorrow, 2, false));
        asked("quinn", "/api/v1/bookings", booking(second, tomorrow, 1, true));
        see(waiting(second.key(), "userTask_settleConflict"));

        String lockdown = callers.read(sent(
                        "ines",
                        "/api/v1/lockdowns",
                        Map.of("system", SYSTEM, "reason", "Three serious incidents within an hour.")))
                .path("key")
                .asText();
        Task decision = waiting(lockdown, "userTask_approveLockdown");
        see(decision);
        actors.complete(
                actors.named("chiara"),
                decision,
                Map.of("lockdownDecision", "APPROVE", "lockdownReason", "Nobody can buy."));
        Task lift = waiting(lockdown, "userTask_liftLockdown");
        see(lift);
        actors.complete(actors.named("ines"), lift, Map.of("liftReason", "People buy again."));
        hand.turn(lockdown);

        for (Map.Entry<String, String> member :
                Map.of("quinn", "qa", "mara", "release-manager").entrySet()) {
            asked(
                    "mara",
                    "/api/v1/roster/members",
                    Map.of("login", member.getKey(), "functions", List.of(member.getValue()), "zone", "Europe/Zurich"));
            asked(
                    "mara",
                    "/api/v1/roster/duties",
                    Map.of(
                            "login",
                            member.getKey(),
                            "function",
                            member.getValue(),
                            "from",
                            tomorrow.toString(),
                            "until",
                            tomorrow.plus(3, ChronoUnit.HOURS).toString()));
        }
        planned(first, tomorrow);
        see(waiting(first.key(), "userTask_confirmPresence"));
        jdbc.sql("delete from roster_member").update();

        assertThat(callers.program("mara")
                        .json(
                                "PUT",
                                "/api/v1/regions/" + SYSTEM,
                                callers.write(Map.of(
                                        "regions",
                                        List.of(
                                                Map.of("name", "Europe", "zone", "Europe/Zurich"),
                                                Map.of("name", "Japan", "zone", "Asia/Tokyo")))))
                        .statusCode())
                .isEqualTo(204);
        Release waves = own("1.2.0");
        planned(waves, Instant.now().minus(10, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS));
        hand.turn(waves.key());
        if (hand.isAt(waves.key(), "event_waveOpens")) {
            hand.execute(hand.jobAt(waves.key(), "event_waveOpens"));
        }
        Task handOver = waiting(waves.key(), "userTask_handOverWave");
        see(handOver);
        actors.complete(actors.named("oscar"), handOver, Map.of("handOverNote", "All is quiet."));
        see(waiting(waves.key(), "userTask_acknowledgeHandOver"));
        enters(waves, ReleaseState.PLANNED);
        jdbc.sql("update slipway_release set window_end = ? where release_key = ?")
                .params(Timestamp.from(Instant.now().plusSeconds(5)), waves.key())
                .update();
        application.getBean(CommunicationRound.class).run();
        application.getBean(CommunicationRound.class).run();
        see(waiting(waves.key(), "userTask_confirmUpdate"));
    }

    private Map<String, Object> booking(Release release, Instant start, int hours, boolean settle) {
        return Map.of(
                "release",
                release.key(),
                "environment",
                "staging",
                "start",
                start.toString(),
                "end",
                start.plus(hours, ChronoUnit.HOURS).toString(),
                "purpose",
                "Load test",
                "settle",
                settle);
    }

    private void planned(Release release, Instant start) {
        access.asSystem(() -> {
            windows.openRound(release);
            windows.propose(release, callers.id("mara"), start, Duration.ofHours(1), "Few people buy then.");
            windows.check(release);
            windows.plan(release);
            return true;
        });
    }

    private void tradeOff() {
        ReleaseStory other = ReleaseStory.requestedBy(people.named("mara"), "9.79.1", "2.4.0", application)
                .movedBy(hand::turn);
        other.awaited("userTask_supplyItems");
        String scope = "/api/v1/releases/" + other.key() + "/scope";
        asked(
                "paul",
                scope + "/items",
                Map.of(
                        "items",
                        List.of(
                                item("LAW", "Invoices carry the new tax", 7),
                                item("LIMIT", "Sign-ins are limited", 6))));
        assertThat(callers.program("paul")
                        .json("PUT", scope + "/terms", callers.write(Map.of("capacity", 10)))
                        .statusCode())
                .isEqualTo(200);
        other.completes("paul", "userTask_supplyItems", Map.of());
        Task confirm = other.awaited("userTask_confirmScope");
        try {
            other.completes(
                    "paul", "userTask_confirmScope", Map.of("scopeDecision", "CONFIRM", "usersAffected", "FEW"));
        } catch (RuntimeException refused) {
            assertThat(refused).hasMessageContaining("Please negotiate a trade-off");
        }
        see(waiting(other.key(), "userTask_answerTradeOff"));
        see(moved(other.key(), "negotiate-trade-off", "userTask_decideTradeOff"));
        see(confirm);
        cancel(other.key());
    }

    private static Map<String, Object> item(String key, String title, int effort) {
        return Map.of(
                "key",
                key,
                "title",
                title,
                "kind",
                "regulatory",
                "value",
                5,
                "effort",
                effort,
                "risk",
                2,
                "breaking",
                false,
                "dataMigration",
                false,
                "dependsOn",
                List.of(),
                "owner",
                "paul");
    }

    /** What is judged, asked and attested once a release is live; one of a system that no other test knows. */
    private void ofAReleaseThatPromised() {
        Release release = own("2.0.0");
        assertThat(callers.program("mara")
                        .json(
                                "PUT",
                                "/api/v1/releases/" + release.key() + "/scope/metrics/escapes",
                                callers.write(Map.of(
                                        "name",
                                        "Defect escape rate",
                                        "formula",
                                        "defects found by users of all defects, in percent",
                                        "baseline",
                                        "12",
                                        "target",
                                        "8",
                                        "direction",
                                        "AT_MOST",
                                        "source",
                                        "PERSON")))
                        .statusCode())
                .isEqualTo(200);
        String evaluation = access.asSystem(() -> sides.start(
                release,
                "evaluate-metrics",
                Map.of("metricsLiveSince", Date.from(Instant.now().minusSeconds(60)))));
        hand.turn(release.key());
        assertThat(sides.running(release.key(), "evaluate-metrics")).contains(evaluation);
        see(waiting(release.key(), "userTask_reportMetric"));
        enters(release, ReleaseState.HYPERCARE);
        see(waiting(release.key(), "userTask_attestUpdates"));
        if (hand.isAt(release.key(), "event_feedbackDue")) {
            hand.execute(hand.jobAt(release.key(), "event_feedbackDue"));
        }
        see(waiting(release.key(), "userTask_judgeFeedback"));
        see(moved(called(release, "callActivity_validateRelease"), "userTask_judgeComparison"));
        see(moved(called(release, "callActivity_closeRelease"), "userTask_reviewEmergency"));
    }

    private void enters(Release release, ReleaseState state) {
        access.asSystem(() -> {
            releases.enter(release.id(), state);
            return true;
        });
        hand.turn(release.key());
    }

    // Bringing up.

    /** What cannot be brought up is a fault like another, so that one run tells all of them. */
    private void broughtUp(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | AssertionError failure) {
            faults.add(String.valueOf(failure));
        }
    }

    private Release own(String version) {
        if (landscape.systems().stream().noneMatch(system -> system.key().equals(SYSTEM))) {
            landscape.add(SYSTEM, "Picture gallery", true);
            landscape.addEnvironment(SYSTEM, "staging", "Staging", Environment.Tier.STAGING, 1, 1);
            landscape.addEnvironment(SYSTEM, "production", "Production", Environment.Tier.PRODUCTION, 2, 1);
        }
        return own.computeIfAbsent(
                version,
                another -> access.as(
                        callers.id("mara"),
                        () -> releases.request(
                                new NewRelease(SYSTEM, another, "Pictures of the sea", Urgency.NORMAL),
                                callers.id("mara"))));
    }

    /** A release for what other releases do not come by; nobody brings it to its end. */
    private Release aside() {
        return own("1.3.0");
    }

    private String api() {
        return "/api/v1/releases/" + aside().key();
    }

    private void done(String login, Task task, Map<String, Object> inputs) {
        actors.complete(actors.named(login), task, inputs);
    }

    private HttpResponse<String> sent(String login, String path, Object body) {
        HttpResponse<String> answer = callers.program(login).json("POST", path, callers.write(body));
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isBetween(200, 299);
        return answer;
    }

    private void asked(String login, String path, Object body) {
        sent(login, path, body);
    }

    private Task waiting(String key, String task) {
        hand.turn(key);
        List<Task> open = access.asSystem(() -> tasks.createTaskQuery()
                .processInstanceBusinessKey(key)
                .taskDefinitionKey(task)
                .list());
        assertThat(open).as(task + " of " + key).isNotEmpty();
        return open.get(0);
    }

    /** Puts the token of a process beside the spine on a task. */
    private Task moved(String key, String process, String task) {
        String instance = sides.running(key, process).get(0);
        return moved(instance, task);
    }

    private Task moved(String instance, String task) {
        return access.asSystem(() -> {
            runtime.createProcessInstanceModification(instance)
                    .startBeforeActivity(task)
                    .execute();
            return tasks.createTaskQuery()
                    .processInstanceId(instance)
                    .taskDefinitionKey(task)
                    .list()
                    .get(0);
        });
    }

    /** The instance that a step of the spine calls, brought up beside where the release really is. */
    private String called(Release release, String activity) {
        return access.asSystem(() -> {
            String root = releases.find(release.key())
                    .orElseThrow()
                    .processInstanceId()
                    .orElseThrow();
            Set<String> before = new TreeSet<>();
            runtime.createProcessInstanceQuery()
                    .superProcessInstanceId(root)
                    .list()
                    .forEach(instance -> before.add(instance.getId()));
            runtime.createProcessInstanceModification(root)
                    .startBeforeActivity(activity)
                    .execute();
            management(root);
            return runtime.createProcessInstanceQuery().superProcessInstanceId(root).list().stream()
                    .map(instance -> instance.getId())
                    .filter(id -> !before.contains(id))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(activity + " was not called"));
        });
    }

    /** A call is a saved point as well. */
    private void management(String root) {
        engine.getManagementService().createJobQuery().processInstanceId(root).executable().list().stream()
                .filter(job -> job.getRetries() > 0)
                .forEach(job -> engine.getManagementService().executeJob(job.getId()));
    }

    // Looking.

    private void see(Task task) {
        String id = formOf(task);
        if (!seen.add(id)) {
            return;
        }
        JsonNode form = Objects.requireNonNull(forms.get(id), id);
        try {
            look(id, form, task, taken(task));
        } catch (RuntimeException | AssertionError failure) {
            faults.add(id + ": " + failure);
        } finally {
            access.asSystem(() -> {
                tasks.setAssignee(task.getId(), null);
                return true;
            });
        }
    }

    private String formOf(Task task) {
        return access.asSystem(() -> {
            try (var deployed = formService.getDeployedTaskForm(task.getId())) {
                return json.readTree(deployed).path("id").asText();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private String taken(Task task) {
        List<String> answers = new ArrayList<>();
        for (SamplePeople.SamplePerson person : actors.candidates(task)) {
            HttpResponse<String> answer = callers.program(person.login())
                    .json(
                            "POST",
                            callers.rest("/task/" + task.getId() + "/claim"),
                            callers.write(Map.of("userId", callers.id(person.login()))));
            if (answer.statusCode() == 204) {
                return person.login();
            }
            answers.add(answer.body());
        }
        throw new AssertionError("Nobody may take " + task.getName() + ": " + answers);
    }

    private void look(String id, JsonNode form, Task task, String login) {
        ChromeDriver browser = CHROMIUM.driver();
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 1440, "height", 1700, "deviceScaleFactor", 1, "mobile", false));
        People person = new People(browser, "http://localhost:" + port, engine.getName())
                .signIn(login)
                .reopen(task.getId());
        WebElement shown = browser.findElement(By.cssSelector(".fjs-container"));
        picture(id);
        String text = shown.getText();
        List<JsonNode> always = StreamSupport.stream(form.path("components").spliterator(), false)
                .filter(component -> !component.has("conditional"))
                .toList();
        int fields = shown.findElements(By.cssSelector(".fjs-form-field")).size();
        if (fields < always.size()) {
            faults.add(id + " shows " + fields + " of " + always.size() + " parts");
        }
        for (JsonNode component : always) {
            String label = component.path("label").asText();
            if (!text.contains(label)) {
                faults.add(id + " does not show '" + label + "'");
            }
        }
        for (String raw : List.of("${", "{{", "}}", "[object", "undefined", "null", "NaN", "userTask_", "{\"")) {
            if (text.contains(raw)) {
                faults.add(id + " shows " + raw + " in: " + text.replaceAll("\\s+", " "));
            }
        }
        if (text.lines().anyMatch(line -> line.strip().startsWith("="))) {
            faults.add(id + " shows an expression: " + text);
        }
        faults.addAll(alerts().stream().map(alert -> id + " says " + alert).toList());
        for (String wide : tooWide(browser)) {
            faults.add(id + ": " + wide);
        }
        if (always.stream()
                .anyMatch(component -> component.at("/validate/required").asBoolean())) {
            refuseWhatIsMissing(id, person, task);
        }
        if (StreamSupport.stream(form.path("components").spliterator(), false)
                .anyMatch(component -> component.path("text").asText().contains("brief.confirmLink"))) {
            lookAtTheConfirmation(task);
        }
    }

    /** Where a decision is confirmed with the password before its form is completed. */
    private void lookAtTheConfirmation(Task task) {
        for (FinishedPages.Screen screen : FinishedPages.SCREENS) {
            pages.look("/confirm/" + task.getId(), screen, "/confirm/" + task.getTaskDefinitionKey());
        }
    }

    private void refuseWhatIsMissing(String id, People person, Task task) {
        WebElement button = person.browser().findElement(By.cssSelector("button[ng-click='complete()']"));
        person.browser().executeScript("arguments[0].scrollIntoView({block: 'center'}); arguments[0].click()", button);
        person.patience().until(driver -> !fieldErrors().isEmpty() || !alerts().isEmpty());
        picture(id + "-refused");
        for (String said :
                Stream.concat(fieldErrors().stream(), alerts().stream()).toList()) {
            if (said.matches("(?s).*(Exception|ENGINE-|\\bat io\\.|\\bat org\\.|null).*")) {
                faults.add(id + " answers what is missing with " + said);
            }
        }
        if (fieldErrors().isEmpty()) {
            faults.add(id + " tells what is missing at no field, but " + alerts());
        }
        assertThat(access.asSystem(
                        () -> tasks.createTaskQuery().taskId(task.getId()).count()))
                .as(id + " without its answers")
                .isEqualTo(1);
    }

    private static List<String> alerts() {
        return texts(".page-notifications .alert-danger");
    }

    private static List<String> fieldErrors() {
        return texts(".fjs-container .fjs-form-field-error");
    }

    private static List<String> texts(String selector) {
        return CHROMIUM.driver().findElements(By.cssSelector(selector)).stream()
                .map(WebElement::getText)
                .filter(text -> !text.isBlank())
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static List<String> tooWide(ChromeDriver browser) {
        return (List<String>) Objects.requireNonNull(browser.executeScript("""
                        const area = document.querySelector('.fjs-container').getBoundingClientRect();
                        return [...document.querySelectorAll('.fjs-container *')]
                            .filter(part => part.getClientRects().length
                                && (part.getBoundingClientRect().right > area.right + 1
                                    || (part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0
                                        && getComputedStyle(part).overflowX !== 'visible' && !part.matches('input, textarea'))))
                            .map(part => part.tagName + '.' + part.className + ' is wider than its area: '
                                + (part.textContent || '').slice(0, 80));
                        """));
    }

    private static void picture(String name) {
        try {
            Files.write(PICTURES.resolve(name + ".png"), CHROMIUM.driver().getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
