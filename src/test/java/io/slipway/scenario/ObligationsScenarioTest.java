package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.demo.SampleLandscape;
import io.slipway.demo.SamplePeople;
import io.slipway.platform.security.NewPerson;
import io.slipway.platform.security.People;
import io.slipway.release.Obligations;
import io.slipway.release.Obligations.Kind;
import io.slipway.release.Obligations.NewObligation;
import io.slipway.release.Role;
import io.slipway.testing.Visitor;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Obligations over the whole application: found, kept after by a process, fulfilled by whoever owes them and by nobody else. */
@GuardedApplication
@Tag("database")
@SuppressWarnings("NullAway.Init")
class ObligationsScenarioTest {

    @Autowired
    private Callers callers;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private Obligations obligations;

    @Autowired
    private People accounts;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private ManagementService management;

    @Autowired
    private TaskService tasks;

    @Autowired
    private JdbcClient jdbc;

    private NewObligation owed(String key, String statement, Instant due) {
        return new NewObligation(
                key,
                Optional.empty(),
                Optional.of(SampleLandscape.SYSTEM),
                Kind.WAIVER,
                statement,
                Role.QA,
                Optional.empty(),
                due,
                false);
    }

    private ProcessInstance instance(String key) {
        return runtime.createProcessInstanceQuery()
                .processDefinitionKey("track-obligation")
                .variableValueEquals("obligationKey", key)
                .singleResult();
    }

    private void run(String key, String activity) {
        Job job = management
                .createJobQuery()
                .processInstanceId(instance(key).getId())
                .activityId(activity)
                .singleResult();
        assertThat(job).as("a job at " + activity).isNotNull();
        hand.execute(job);
    }

    private HttpResponse<String> fulfil(String login, String key, String evidence) {
        return callers.program(login)
                .json(
                        "POST",
                        "/api/v1/obligations/fulfilment",
                        callers.write(Map.of("key", key, "evidence", evidence)));
    }

    @Test
    void isFulfilledByItsOwnerAndNotByWhoProfits() {
        String key = "house/waiver/28-1";
        obligations.openFor(
                owed(key, "Repeat the load test ${7*7}.", Instant.now().plus(3, ChronoUnit.DAYS)), callers.id("quinn"));

        JsonNode open = callers.read(callers.program("mara")
                .get("/api/v1/obligations?state=OPEN&kind=WAIVER&system=storefront&owner=qa&size=100"));
        assertThat(open.path("content").findValuesAsText("key")).contains(key);
        String page = callers.person("mara")
                .get("/obligations?state=OPEN&kind=WAIVER")
                .body();
        assertThat(page).contains("Repeat the load test ${7*7}.").doesNotContain("Repeat the load test 49");

        HttpResponse<String> foreign = fulfil("mara", key, "I say so");
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(foreign.body()).contains("owed by Quality assurance");
        HttpResponse<String> profiteer = fulfil("quinn", key, "I say so");
        assertThat(profiteer.statusCode()).isEqualTo(400);
        assertThat(profiteer.body()).contains("You asked for what this compensates for");
        HttpResponse<String> empty = fulfil(otherTester(), key, " ");
        assertThat(empty.statusCode()).isEqualTo(400);
        assertThat(callers.read(empty).path("field").asText()).isEqualTo("evidence");

        Visitor tester = callers.person(otherTester());
        tester.form("/obligations/fulfil", Map.of("_csrf", tester.token(), "key", key, "evidence", "Run 17 passed"));

        JsonNode done =
                callers.read(callers.program("mara").get("/api/v1/obligations?state=FULFILLED&kind=WAIVER&size=100"));
        assertThat(done.path("content").findValuesAsText("key")).contains(key);
        assertThat(instance(key)).as("its process ends with it").isNull();
        assertThat(fulfil(otherTester(), key, "Again").body()).contains("fulfilled already");
        assertThat(callers.program("mara")
                        .get("/api/v1/obligations?state=LATER")
                        .statusCode())
                .isEqualTo(400);
    }

    private String otherTester() {
        if (accounts.findByLogin("tess28").isEmpty()) {
            accounts.register(new NewPerson(
                    "tess28", "Tess Obligation", "tess28@storefront.example", SamplePeople.PASSWORD, Set.of("qa")));
        }
        return "tess28";
    }

    @Test
    void isRemindedOfReportedWhenOverdueAndDoneInItsTask() {
        String key = "house/waiver/28-2";
        obligations.open(owed(key, "Look at the logs.", Instant.now().minusSeconds(5)));
        obligations.open(owed(key, "A second time nothing happens.", Instant.now()));
        run(key, "startEvent_obligationOpened");
        run(key, "event_reminderDue");
        run(key, "serviceTask_remindOwner");
        run(key, "event_obligationDue");
        run(key, "serviceTask_reportOverdue");

        assertThat(jdbc.sql("select kind from notice where notice_key like ? order by id")
                        .param("%" + key)
                        .query(String.class)
                        .list())
                .containsExactly("governance.obligationReminded", "governance.obligationOverdue");
        assertThat(obligations.overdue(SampleLandscape.SYSTEM, Optional.of(Kind.WAIVER)))
                .extracting(open -> open.owed().key())
                .contains(key);
        assertThat(callers.person("quinn")
                        .get("/obligations?state=OVERDUE&owner=qa&kind=" + encoded("WAIVER"))
                        .body())
                .contains("Look at the logs.", "Overdue");

        Task task =
                tasks.createTaskQuery().processInstanceId(instance(key).getId()).singleResult();
        Visitor quinn = callers.program("quinn");
        quinn.json(
                "POST",
                callers.rest("/task/" + task.getId() + "/claim"),
                callers.write(Map.of("userId", callers.id("quinn"))));
        HttpResponse<String> done = quinn.json(
                "POST",
                callers.rest("/task/" + task.getId() + "/submit-form"),
                callers.variables(Map.of("obligationEvidence", "They are clean.")));
        assertThat(done.statusCode()).as(done.body()).isBetween(200, 204);
        assertThat(instance(key)).isNull();
        assertThat(obligations.overdue(SampleLandscape.SYSTEM, Optional.empty()))
                .extracting(open -> open.owed().key())
                .doesNotContain(key);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
