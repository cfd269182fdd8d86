package io.slipway.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import io.slipway.testing.Crowd;
import io.slipway.testing.RunningApplication;
import io.slipway.testing.Visitor;
import java.net.http.HttpResponse;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@RunningApplication
@SuppressWarnings("NullAway.Init")
@Capability("10.4")
class OperationsTest {

    @Autowired
    private Alarms alarms;

    @Autowired
    private Figures figures;

    @Autowired
    private HistoryService history;

    @Autowired
    private ManagementService management;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Crowd crowd;

    @Value("${slipway.figures.token}")
    private String figuresToken;

    @LocalServerPort
    private int port;

    @AfterEach
    void nothingIsLeft() {
        jdbc.sql("delete from effect where run = 'many'").update();
        jdbc.sql("delete from node where node_name in ('dead', 'off')").update();
        jdbc.sql("delete from alarm").update();
        jdbc.sql("delete from notice where kind like 'operations.%'").update();
    }

    private void node(String name, int secondsAgo, long clockAhead) {
        jdbc.sql(
                        "insert into node (node_name, incarnation, state, started_at, seen_at, clock_ahead_ms)"
                                + " values (?, 'i', 'RUNNING', localtimestamp(6), timestampadd(SECOND, ?, localtimestamp(6)), ?)")
                .params(name, -secondsAgo, clockAhead)
                .update();
    }

    private List<String> told() {
        return jdbc.sql(
                        "select subject from notice where kind like 'operations.%' and group_names = 'operations' order by id")
                .query(String.class)
                .list();
    }

    @Test
    void aDeadNodeIsToldOnceAndItsReturnOnce() {
        node("dead", 60, 0);

        alarms.look();
        alarms.look();
        assertThat(alarms.open()).singleElement().satisfies(alarm -> assertThat(alarm.cause())
                .contains("dead", "fell silent"));
        assertThat(told()).hasSize(1).first().asString().startsWith("Alarm: Node dead");

        jdbc.sql("update node set seen_at = localtimestamp(6) where node_name = 'dead'")
                .update();
        alarms.look();
        alarms.look();
        assertThat(alarms.open()).isEmpty();
        assertThat(alarms.cleared()).hasSize(1);
        assertThat(told()).hasSize(2).last().asString().startsWith("Over: Node dead");

        jdbc.sql("update node set seen_at = timestampadd(SECOND, -60, localtimestamp(6)) where node_name = 'dead'")
                .update();
        alarms.look();
        assertThat(alarms.open()).hasSize(1);
        assertThat(told()).hasSize(3);
    }

    @Test
    void whenTwoLookAtOnceOneTells() {
        node("dead", 60, 0);

        CompletableFuture.allOf(
                        CompletableFuture.runAsync(alarms::look),
                        CompletableFuture.runAsync(alarms::look),
                        CompletableFuture.runAsync(alarms::look))
                .join();

        assertThat(alarms.open()).hasSize(1);
        assertThat(told()).hasSize(1);
    }

    @Test
    void aClockThatIsOffIsAnAlarm() {
        node("off", 0, -7000);

        alarms.look();

        assertThat(alarms.open()).extracting(Alarm::kind).containsExactly("clock-differs");
    }

    @Test
    void aJobThatNobodyTakesAndOneThatFailedForGoodAreAlarms() {
        Job job = history.cleanUpHistoryAsync(true);
        Timestamp due = Timestamp.from(Instant.now().minusSeconds(400));
        jdbc.sql("update ACT_RU_JOB set DUEDATE_ = ? where ID_ = ?")
                .params(due, job.getId())
                .update();
        try {
            alarms.look();
            assertThat(alarms.open()).extracting(Alarm::kind).containsExactly("jobs-late");
            assertThat(figures.jobsDueBefore(Instant.now().minusSeconds(300))).isEqualTo(1);

            management.setJobRetries(job.getId(), 0);
            alarms.look();
            assertThat(alarms.open()).extracting(Alarm::kind).containsExactly("job-failed");
        } finally {
            management.setJobRetries(job.getId(), 3);
            jdbc.sql("update ACT_RU_JOB set DUEDATE_ = ? where ID_ = ?")
                    .params(Timestamp.from(Instant.now().plusSeconds(86_400)), job.getId())
                    .update();
        }
    }

    private void stuckEffect(int daysAgo) {
        jdbc.sql(
                        "insert into effect (effect_key, business_key, run, step, target, request_hash, state, fence, planned_at,"
                                + " started_at) values (?, 'storefront-1.0.0', 'many', 'switch', 'storefront/prod', 'h', 'STARTED', 1, ?, ?)")
                .params(
                        "many/" + daysAgo,
                        Timestamp.from(Instant.now().minus(daysAgo, ChronoUnit.DAYS)),
                        Timestamp.from(Instant.now().minus(daysAgo, ChronoUnit.DAYS)))
                .update();
    }

    @Test
    void whatIsNotLookedAtForTheNumberOfTheRestIsNotOver() {
        for (int daysAgo = 1; daysAgo <= 50; daysAgo++) {
            stuckEffect(daysAgo);
        }
        alarms.look();
        assertThat(alarms.open()).hasSize(50);

        stuckEffect(51);
        alarms.look();
        assertThat(alarms.open()).hasSize(51);
        assertThat(told()).hasSize(51).noneMatch(subject -> subject.startsWith("Over"));

        jdbc.sql("delete from effect where effect_key in ('many/1', 'many/51')").update();
        alarms.look();
        assertThat(alarms.open()).hasSize(49);
        assertThat(told()).hasSize(53);
    }

    @Test
    void thePageShowsAlarmsAndTakesADeadNodeOffTheList() {
        crowd.id("page.ops", "operations");
        crowd.id("page.qa", "qa");
        node("dead", 60, 0);
        alarms.look();
        Visitor person = Visitor.person(port, "page.ops");

        assertThat(person.get("/operations").body())
                .contains("One alarm lasts.", "Node dead fell silent", "Take off the list");
        assertThat(Visitor.person(port, "page.qa").get("/operations").statusCode())
                .isEqualTo(403);

        HttpResponse<String> removed =
                person.form("/operations/nodes/remove", Map.of("name", "dead", "_csrf", person.token("/operations")));
        assertThat(removed.statusCode()).isEqualTo(302);
        assertThat(jdbc.sql(
                                "select count(*) from audit_entry where action = 'operations.removeNode' and subject = 'dead'")
                        .query(Long.class)
                        .single())
                .isPositive();
        alarms.look();
        assertThat(person.get("/operations").body())
                .contains("Nothing needs you now.", "Alarms that are over")
                .doesNotContain("One alarm lasts.");
    }

    @Test
    void aTokenOpensTheFiguresAndNothingElse() {
        assertThat(bearer(figuresToken).get("/actuator/prometheus").body()).contains("slipway_jobs_due ");
        HttpResponse<String> refused = bearer(figuresToken + "x").get("/actuator/prometheus");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"Slipway\"");
        assertThat(refused.body()).isEmpty();
        for (String closed : List.of(
                "/actuator/health/operations", "/operations", "/api/v1/releases", "/engine-rest/task", "/actuator")) {
            assertThat(bearer(figuresToken).get(closed).statusCode()).as(closed).isIn(302, 401, 403, 404);
        }
        assertThat(bearer(figuresToken)
                        .json("POST", "/actuator/prometheus", "{}")
                        .statusCode())
                .isIn(401, 403);
    }

    private Visitor bearer(String token) {
        return Visitor.of(port).with("Authorization", "Bearer " + token);
    }

    @Test
    void figuresAreForOperationsAndNameNoRelease() {
        crowd.id("figures.ops", "operations");
        crowd.id("figures.qa", "qa");

        assertThat(Visitor.of(port).get("/actuator/prometheus").statusCode()).isIn(302, 401);
        assertThat(Visitor.program(port, "figures.qa", Crowd.PASSWORD)
                        .get("/actuator/prometheus")
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> answer =
                Visitor.program(port, "figures.ops", Crowd.PASSWORD).get("/actuator/prometheus");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains(
                        "slipway_jobs_due ",
                        "slipway_jobs_failed ",
                        "slipway_jobs_oldest_due_seconds ",
                        "slipway_tasks_open ",
                        "slipway_mails_waiting ",
                        "slipway_releases{state=\"HYPERCARE\"}",
                        "slipway_effects{state=\"UNKNOWN\"}",
                        "slipway_lease_takeovers_total ",
                        "slipway_alarms_open ",
                        "slipway_nodes_dead ",
                        "http_server_requests_seconds");
        // However many releases there are, there are no more lines.
        Pattern key = Pattern.compile("[a-z0-9]+-\\d+\\.\\d+\\.\\d+");
        assertThat(answer.body().lines().filter(line -> line.startsWith("slipway_") || line.startsWith("http_")))
                .isNotEmpty()
                .noneMatch(line -> key.matcher(line).find());
    }

    @Test
    void operationsReadsWhatIsNotWellAndEverybodyElseTheStateAlone() {
        crowd.id("health.ops", "operations");
        crowd.id("health.qa", "qa");

        HttpResponse<String> answer =
                Visitor.program(port, "health.ops", Crowd.PASSWORD).get("/actuator/health/operations");
        // No agent runs here.
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body())
                .contains("\"agent\":{\"status\":\"DOWN\"", "Start the agent", "\"artifactStore\":{\"status\":\"UP\"}")
                .contains("\"nodes\":", "\"work\":", "\"db\":");
        assertThat(Visitor.program(port, "health.qa", Crowd.PASSWORD)
                        .get("/actuator/health/operations")
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> open = Visitor.of(port).get("/actuator/health");
        assertThat(open.statusCode()).isEqualTo(200);
        assertThat(open.body()).contains("\"status\":\"UP\"").doesNotContain("agent");
    }
}
