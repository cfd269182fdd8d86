package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.Capability;
import io.slipway.demo.SamplePeople;
import io.slipway.platform.process.EngineAccess;
import io.slipway.release.Environment;
import io.slipway.release.Landscape;
import io.slipway.release.NewRelease;
import io.slipway.release.Obligations;
import io.slipway.release.Release;
import io.slipway.release.ReleaseState;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import io.slipway.release.Urgency;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * What follows a release in production: its journey before and after, what users say, what operations brings up to date, the closing
 * over a visible proof, and the review. One release goes live, disturbs its users and is taken back, so that production is afterwards
 * what it was.
 */
@GuardedApplication
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("NullAway.Init")
class AfterwardsScenarioTest {

    private static final String VERSION = "27.1.0";
    private static final String KEY = "storefront-" + VERSION;
    private static final String RELEASE = "/api/v1/releases/" + KEY;
    private static final String OWED = KEY + "/condition/27";

    @Autowired
    private ApplicationContext application;

    @Autowired
    private Callers callers;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private EngineAccess access;

    @Autowired
    private SamplePeople people;

    @Autowired
    private Releases releases;

    @Autowired
    private Landscape landscape;

    @Autowired
    private Obligations obligations;

    @Autowired
    private TaskService tasks;

    private ReleaseStory story;
    private String incident = "";

    private JsonNode got(String login, String path) {
        HttpResponse<String> answer = callers.program(login).get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return callers.read(answer);
    }

    private HttpResponse<String> sent(String login, String path, Map<String, ?> body) {
        return callers.program(login).json("POST", path, callers.write(body));
    }

    private JsonNode condition(String name) {
        return StreamSupport.stream(
                        got("aldo", RELEASE + "/closure").path("proof").spliterator(), false)
                .flatMap(
                        branch -> StreamSupport.stream(branch.path("conditions").spliterator(), false))
                .filter(condition -> condition.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The end of hypercare is held back, so that the story goes on when it is told to. */
    private ReleaseStory live() {
        if (story == null) {
            hand.haltAt(
                    KEY,
                    point -> point.process().equals("run-release")
                            && point.activity().startsWith("event_hypercare"));
            story = ReleaseStory.requestedBy(people.named("mara"), VERSION, "2.4.0", application)
                    .movedBy(hand::turn);
            story.goesOnTo(ReleaseState.HYPERCARE);
        }
        return story;
    }

    @Test
    @Order(10)
    @Capability("7.1")
    void theJourneyIsToldBeforeAndAfter() {
        live();
        JsonNode verification = got("quinn", RELEASE + "/verification");

        assertThat(verification.path("baseline").path("version").asText())
                .isNotEmpty()
                .isNotEqualTo(VERSION);
        assertThat(verification.path("runs").size()).isGreaterThanOrEqualTo(2);
        assertThat(verification.path("runs").findValuesAsText("passed")).containsOnly("true");
        assertThat(verification.path("comparison").findValuesAsText("step"))
                .contains("Order three products", "Ask what the order costs");
        assertThat(verification.path("comparison").findValuesAsText("verdict"))
                .contains("As before")
                .doesNotContain("Worse than before");
        assertThat(callers.person("quinn").get("/releases/" + KEY).body()).contains("Before the deployment");
    }

    @Test
    @Order(15)
    @Capability("7.2")
    void theMetricsOfAShortBakeSayThatTheySayNothing() {
        live();
        JsonNode metrics = got("oscar", RELEASE + "/verification").path("metrics");

        assertThat(metrics.path("verdict").asText()).isEqualTo("INCONCLUSIVE");
        assertThat(metrics.path("rulesDigest").asText()).hasSize(64);
        assertThat(metrics.path("metrics").findValuesAsText("metric")).containsExactly("latency_mean", "error_rate");
        assertThat(metrics.path("metrics").findValuesAsText("sentence"))
                .allMatch(sentence -> sentence.contains("50 of each are needed"));
        assertThat(callers.person("oscar").get("/releases/" + KEY).body()).contains("Metrics: Inconclusive");
        assertThat(metrics.path("decision").path("accepted").asBoolean())
                .as("where nothing can be said a person says what follows")
                .isTrue();
        assertThat(metrics.path("decision").path("person").asText()).isEqualTo(callers.id("oscar"));
        assertThat(metrics.path("metrics").get(0).path("shift").isNull())
                .as("no number is told as none")
                .isTrue();
        assertThat(metrics.toString()).doesNotContain("NaN");
        assertThat(got("oscar", RELEASE + "/closure").toString())
                .as("the proof tells on whose word hypercare began")
                .contains("Metrics: Inconclusive; ", " kept it: Too little is measured");
    }

    @Test
    @Order(20)
    @Capability("7.3")
    void whatUsersNoticeIsLinkedJudgedAndKeepsHypercareOpen() {
        live();
        HttpResponse<String> opened = sent(
                "ines",
                "/api/v1/incidents",
                Map.of(
                        "key", "INC-2710",
                        "system", "storefront",
                        "environment", "production",
                        "priority", "P1",
                        "title", "Orders of ten pieces are refused",
                        "openedAt", Instant.now().minusMillis(1).toString()));
        assertThat(opened.statusCode()).as(opened.body()).isBetween(200, 201);
        incident = callers.read(opened).path("key").asText();
        HttpResponse<String> reported = sent(
                "sam",
                RELEASE + "/feedback/reports",
                Map.of(
                        "title", "The storefront is slow",
                        "signature", "timeout 4711 <b>ms</b>",
                        "reportedAt", Instant.now().minusMillis(1).toString()));
        assertThat(reported.statusCode()).as(reported.body()).isEqualTo(201);

        live().awaited("userTask_judgeFeedback");
        JsonNode links = got("sam", RELEASE + "/feedback").path("links");
        assertThat(links.findValuesAsText("source")).contains("INCIDENT", "REPORT");
        assertThat(links.findValuesAsText("reference")).contains(incident);
        assertThat(links.findValuesAsText("reason")).allMatch(reason -> reason.contains("same system storefront"));
        assertThat(condition("hypercare").path("met").asBoolean()).isTrue();

        links.forEach(link -> {
            String path = RELEASE + "/feedback/links/" + link.path("id").asLong();
            boolean ours = link.path("reference").asText().equals(incident);
            assertThat(sent("quinn", path, Map.of("confirmed", ours)).statusCode())
                    .isEqualTo(403);
            assertThat(sent("sam", path, Map.of("confirmed", ours, "note", "We asked them."))
                            .statusCode())
                    .isEqualTo(200);
        });
        assertThat(condition("hypercare").path("met").asBoolean()).isFalse();
        assertThat(condition("hypercare").path("evidence").asText()).contains(incident);
        story.completes("sam", "userTask_judgeFeedback", Map.of("feedbackNote", "Ten pieces cannot be ordered."));
        assertThat(callers.person("sam").get("/releases/" + KEY + "/feedback").body())
                .contains("Ten pieces cannot be ordered.")
                .contains("&lt;b&gt;ms&lt;/b&gt;");
    }

    @Test
    @Order(30)
    @Capability("7.6")
    void closesOverAVisibleProofAndAddsToTheRecordAfterwards() {
        live();
        Release release = story.release();
        if (incident.isEmpty()) {
            story.completes("sam", "userTask_judgeFeedback", Map.of("feedbackNote", "Nothing."));
        }
        owe(release, OWED + "-blocking", true);
        owe(release, OWED, false);
        assertThat(sent("oscar", RELEASE + "/rollback", Map.of("reason", "Orders are refused."))
                        .statusCode())
                .isEqualTo(200);
        // Task by task: the script would fulfil what is owed as soon as its task is there.
        story.completes(
                        "mara",
                        "userTask_decideNextStep",
                        Map.of("rollbackDecision", "END", "rollbackReason", "The cause is looked for first."))
                .awaited("userTask_resolveOpenPoints");

        JsonNode open = got("eva", RELEASE + "/closure");
        assertThat(open.path("holds").asBoolean()).isFalse();
        assertThat(open.path("proof").findValuesAsText("name"))
                .contains("Obligations", "Waivers", "Acknowledgements", "register", "obligations");
        assertThat(condition("obligations").path("met").asBoolean()).isFalse();
        assertThat(condition("obligations").path("remedies").toString()).contains(OWED + "-blocking");

        assertThat(sent(
                                "ines",
                                "/api/v1/incidents/" + incident + "/resolve",
                                Map.of("resolvedAt", Instant.now().toString()))
                        .statusCode())
                .isEqualTo(200);
        Map<String, String> evidence =
                Map.of("obligation", OWED + "-blocking", "evidence", "https://wiki.example/cache");
        assertThat(sent("quinn", RELEASE + "/closure/obligations", evidence).statusCode())
                .isEqualTo(403);
        assertThat(sent("oscar", RELEASE + "/closure/obligations", evidence).statusCode())
                .isEqualTo(200);
        story.completes("mara", "userTask_resolveOpenPoints", Map.of("openPointsNote", "All is settled."));
        story.awaited("userTask_signClosure");
        assertThat(got("eva", RELEASE + "/closure").path("holds").asBoolean()).isTrue();
        story.confirms("mara", "userTask_signClosure", "ROLLED_BACK")
                .completes("mara", "userTask_signClosure", Map.of("closureOutcome", "ROLLED_BACK"));
        hand.turn(KEY);
        assertThat(story.release().state()).isEqualTo(ReleaseState.CLOSED);

        JsonNode closed = got("eva", RELEASE + "/closure");
        assertThat(closed.path("signature").path("outcome").asText()).isEqualTo("ROLLED_BACK");
        assertThat(closed.path("digest").asText())
                .isEqualTo(closed.path("signature").path("digest").asText());
        assertThat(closed.path("addenda").size()).isZero();
        assertThat(sent("oscar", RELEASE + "/closure/obligations", Map.of("obligation", OWED, "evidence", "Watched."))
                        .statusCode())
                .isEqualTo(200);
        JsonNode addendum = got("eva", RELEASE + "/closure").path("addenda").path(0);
        assertThat(addendum.path("obligation").asText()).isEqualTo(OWED);
        assertThat(addendum.path("digest").asText()).hasSize(64);
        assertThat(callers.person("eva").get("/releases/" + KEY + "/closure").body())
                .contains("Every closing condition holds")
                .contains("Watched.");
    }

    private void owe(Release release, String key, boolean blocks) {
        obligations.open(new Obligations.NewObligation(
                key,
                java.util.Optional.of(release.id()),
                java.util.Optional.of(release.system()),
                Obligations.Kind.CONDITION,
                "Watch the cache after the release.",
                Role.OPERATIONS,
                java.util.Optional.empty(),
                Instant.now().plus(30, ChronoUnit.DAYS),
                blocks));
    }

    /** A release that was taken back and is closed, by the test before or at once. */
    private ReleaseStory takenBack() {
        if (live().release().state() == ReleaseState.HYPERCARE) {
            story.completes("sam", "userTask_judgeFeedback", Map.of("feedbackNote", "Nothing."));
            assertThat(sent("oscar", RELEASE + "/rollback", Map.of("reason", "Orders are refused."))
                            .statusCode())
                    .isEqualTo(200);
            story.completes(
                            "mara",
                            "userTask_decideNextStep",
                            Map.of("rollbackDecision", "END", "rollbackReason", "The cause is looked for first."))
                    .awaited("userTask_signClosure");
            story.confirms("mara", "userTask_signClosure", "ROLLED_BACK")
                    .completes("mara", "userTask_signClosure", Map.of("closureOutcome", "ROLLED_BACK"));
            hand.turn(KEY);
        }
        return story;
    }

    @Test
    @Order(40)
    @Capability("7.4")
    void aRollbackIsReviewedWithoutBlameAndItsLessonsComeUpAgain() {
        takenBack().awaited("userTask_holdReview");
        JsonNode timeline = got("dora", RELEASE + "/review/timeline?size=100");
        assertThat(timeline.path("total").asInt()).isGreaterThan(20);
        assertThat(timeline.path("content").findValuesAsText("who")).contains("Release manager", "Slipway");
        assertThat(timeline.toString()).doesNotContain("Mara Lind").doesNotContain(callers.id("mara"));
        assertThat(timeline.path("content").findValuesAsText("source")).contains("Audit trail", "Process");

        assertThat(sent("dora", RELEASE + "/review/points", Map.of("kind", "FACTOR", "text", "The cache was cold."))
                        .statusCode())
                .isEqualTo(201);
        assertThat(sent(
                                "dora",
                                RELEASE + "/review/points",
                                Map.of("kind", "HELPED", "text", "The switch back was fast."))
                        .statusCode())
                .isEqualTo(201);
        assertThat(sent("eva", RELEASE + "/review/points", Map.of("kind", "FACTOR", "text", "I only read."))
                        .statusCode())
                .isEqualTo(403);
        String tomorrow = LocalDate.now(ZoneOffset.UTC).plusDays(1).toString();
        assertThat(sent(
                                "mara",
                                RELEASE + "/review/actions",
                                Map.of("text", "Warm the cache.", "owner", "operations", "due", "soon"))
                        .body())
                .contains("'due' is a day");
        assertThat(sent(
                                "mara",
                                RELEASE + "/review/actions",
                                Map.of("text", "Warm the cache.", "owner", "operations", "due", tomorrow))
                        .statusCode())
                .isEqualTo(201);
        assertThat(sent(
                                "mara",
                                RELEASE + "/review/lessons",
                                Map.of("lesson", "Warm caches before the switch.", "tags", "cache storefront"))
                        .statusCode())
                .isEqualTo(201);
        story.completes("mara", "userTask_holdReview", Map.of("reviewSummary", "A cold cache, and a fast way back."));

        assertThat(obligations.of(story.release()).stream()
                        .map(owed -> owed.owed().kind()))
                .contains(Obligations.Kind.REVIEW_ACTION);
        assertThat(got("dora", RELEASE + "/review")
                        .path("review")
                        .path("conclusion")
                        .path("summary")
                        .asText())
                .contains("cold cache");
        ReleaseStory next = ReleaseStory.requestedBy(people.named("mara"), "27.1.9", "2.4.0", application);
        assertThat(got("paul", "/api/v1/releases/" + next.key() + "/lessons").toString())
                .contains("Warm caches before the switch.")
                .contains("the same system");
        assertThat(callers.person("paul").get("/releases/" + next.key()).body())
                .contains("Lessons from similar releases")
                .contains("Warm caches before the switch.");
        sent("mara", "/api/v1/releases/" + next.key() + "/cancel", Map.of("reason", "Enough was seen."));
        hand.turn(next.key());
    }

    @Test
    @Order(50)
    @Capability("7.5")
    void aNewSystemIsClosedOnlyAfterRunbookMonitoringAndBackupAreAttested() {
        landscape.add("orchard", "Orchard", true);
        landscape.addEnvironment("orchard", "production", "Production", Environment.Tier.PRODUCTION, 1, 1);
        Release release = access.as(
                callers.id("mara"),
                () -> releases.request(
                        new NewRelease("orchard", "27.5.0", "First harvest", Urgency.NORMAL), callers.id("mara")));
        access.asSystem(() -> {
            releases.enter(release.id(), ReleaseState.HYPERCARE);
            return true;
        });
        hand.turn(release.key());
        String operability = "/api/v1/releases/" + release.key() + "/operability";

        JsonNode required = got("oscar", operability);
        assertThat(required.findValuesAsText("kind")).containsExactlyInAnyOrder("RUNBOOK", "MONITORING", "BACKUP");
        assertThat(required.findValuesAsText("reason")).allMatch(reason -> reason.contains("before this release"));
        String task = access.asSystem(() -> tasks.createTaskQuery()
                .processInstanceBusinessKey(release.key())
                .taskDefinitionKey("userTask_attestUpdates")
                .singleResult()
                .getId());
        callers.program("oscar")
                .json("POST", callers.rest("/task/" + task + "/claim"), "{\"userId\":\"" + callers.id("oscar") + "\"}");
        String done = callers.variables(Map.of("attestNote", "All is written."));
        assertThat(callers.program("oscar")
                        .json("POST", callers.rest("/task/" + task + "/complete"), done)
                        .body())
                .contains("attest first");

        Map<String, String> evidence = Map.of("evidence", "https://wiki.example/orchard");
        assertThat(sent("quinn", operability + "/runbook", evidence).statusCode())
                .isEqualTo(403);
        assertThat(sent("oscar", operability + "/backup", evidence).statusCode())
                .isEqualTo(403);
        for (String kind : List.of("runbook", "monitoring")) {
            assertThat(sent("oscar", operability + "/" + kind, evidence).statusCode())
                    .isEqualTo(200);
        }
        JsonNode before = got("aldo", "/api/v1/releases/" + release.key() + "/closure");
        assertThat(before.toString()).contains("Database administrator attests");
        assertThat(sent("dana", operability + "/backup", evidence).statusCode()).isEqualTo(200);
        assertThat(sent("dana", operability + "/backup", evidence).statusCode()).isEqualTo(400);
        assertThat(callers.program("oscar")
                        .json("POST", callers.rest("/task/" + task + "/complete"), done)
                        .statusCode())
                .isEqualTo(204);
        assertThat(callers.person("oscar")
                        .get("/releases/" + release.key() + "/operability")
                        .body())
                .contains("https://wiki.example/orchard");
    }
}
