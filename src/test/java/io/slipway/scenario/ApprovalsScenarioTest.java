package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import io.slipway.demo.SamplePeople;
import io.slipway.governance.changes.ChangeTickets;
import io.slipway.integration.changes.Change;
import io.slipway.platform.process.EngineAccess;
import io.slipway.platform.security.NewPerson;
import io.slipway.platform.security.People;
import io.slipway.release.ReleaseState;
import io.slipway.testing.Visitor;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Approvals over the whole application: bound to a content, under a ticket, by whom the rules ask for, or whoever stands in. */
@GuardedApplication
@Tag("database")
@SuppressWarnings("NullAway.Init")
class ApprovalsScenarioTest {

    private static final Map<String, Object> APPROVE = Map.of("approvalDecision", "APPROVE");

    @Autowired
    private ApplicationContext application;

    @Autowired
    private Callers callers;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private SamplePeople sample;

    @Autowired
    private People people;

    @Autowired
    private ChangeTickets tickets;

    @Autowired
    private TaskService tasks;

    @Autowired
    private EngineAccess access;

    @Autowired
    private JdbcClient jdbc;

    private ReleaseStory story(String version) {
        return ReleaseStory.requestedBy(sample.named("mara"), version, "2.4.0", application)
                .movedBy(hand::turn);
    }

    private void cancelled(ReleaseStory story) {
        callers.program("mara")
                .json("POST", "/api/v1/releases/" + story.key() + "/cancel", "{\"reason\":\"Enough was seen.\"}");
        story.goesOnTo(ReleaseState.CANCELLED);
    }

    private Change.State ticket(ReleaseStory story) {
        return tickets.find(story.release()).orElseThrow().state();
    }

    private HttpResponse<String> claim(String login, Task task) {
        return callers.program(login)
                .json(
                        "POST",
                        callers.rest("/task/" + task.getId() + "/claim"),
                        callers.write(Map.of("userId", callers.id(login))));
    }

    private HttpResponse<String> submit(String login, Task task) {
        return callers.program(login)
                .json("POST", callers.rest("/task/" + task.getId() + "/submit-form"), callers.variables(APPROVE));
    }

    private void confirm(String login, Task task) {
        Visitor person = callers.person(login);
        person.form(
                "/confirm/" + task.getId(),
                Map.of("_csrf", person.token(), "decision", "APPROVE", "password", SamplePeople.PASSWORD));
    }

    private String somebody(String login, String... groups) {
        people.register(new NewPerson(
                login, "Somebody " + login, login + "@storefront.example", SamplePeople.PASSWORD, Set.of(groups)));
        return login;
    }

    /** Somebody of ours is no person of the sample; the engine knows the id. */
    private String id(String login) {
        return people.findByLogin(login).orElseThrow().id();
    }

    private HttpResponse<String> claimed(String login, Task task) {
        return callers.program(login)
                .json(
                        "POST",
                        callers.rest("/task/" + task.getId() + "/claim"),
                        callers.write(Map.of("userId", id(login))));
    }

    @Test
    @Capability("8.1")
    void whoeverStandsInApprovesUnderTheTicketAndWhoeverRequestedDoesNot() {
        ReleaseStory story = story("28.1.0");
        story.goesOnTo("userTask_approveChange");
        assertThat(ticket(story)).isEqualTo(Change.State.ASSESSING);
        Task task = story.awaited("userTask_approveChange");
        String stand = somebody("stan28", "service-desk");
        assertThat(claimed(stand, task).statusCode()).as("without a delegation").isNotEqualTo(204);

        Visitor chiara = callers.program("chiara");
        Instant end = Instant.now().plus(2, ChronoUnit.DAYS);
        List<String> lent = new ArrayList<>();
        for (String login : List.of(stand, "mara")) {
            HttpResponse<String> entered = chiara.json(
                    "POST",
                    "/api/v1/delegations",
                    callers.write(Map.of(
                            "group", "change-authority", "person", login, "end", end.toString(), "reason", "Holiday")));
            assertThat(entered.statusCode()).as(entered.body()).isEqualTo(201);
            lent.add(callers.read(entered).path("id").asText());
        }
        assertThat(chiara.json(
                                "POST",
                                "/api/v1/delegations",
                                callers.write(Map.of(
                                        "group",
                                        "change-authority",
                                        "person",
                                        stand,
                                        "end",
                                        end.plus(90, ChronoUnit.DAYS).toString(),
                                        "reason",
                                        "For ever")))
                        .body())
                .contains("at most");
        assertThat(callers.program("quinn")
                        .json(
                                "POST",
                                "/api/v1/delegations",
                                callers.write(
                                        Map.of("group", "change-authority", "person", stand, "end", end.toString())))
                        .statusCode())
                .isEqualTo(403);
        assertThat(callers.person("chiara").get("/delegations").body()).contains("Somebody stan28", "Holds");

        assertThat(claim("mara", task).body()).as("the requester").contains("is another person");
        assertThat(claimed(stand, task).statusCode()).isEqualTo(204);
        confirm(stand, task);
        HttpResponse<String> approved = submit(stand, task);
        assertThat(approved.statusCode()).as(approved.body()).isBetween(200, 204);

        story.goesOnUntil(
                "the approval",
                () -> ticket(story) == Change.State.AUTHORISED
                        || story.release().state() == ReleaseState.SCHEDULED);
        assertThat(jdbc.sql("select person_id from approval_decision d join approval_round r on r.id = d.round_id"
                                + " where r.release_id = (select id from slipway_release where release_key = ?)")
                        .param(story.key())
                        .query(String.class)
                        .list())
                .containsExactly(id(stand));
        HttpResponse<String> raised = callers.program("quinn")
                .json(
                        "POST",
                        "/api/v1/releases/" + story.key() + "/risk",
                        callers.write(Map.of("level", "HIGH", "reason", "The supplier is on strike.")));
        assertThat(callers.read(raised).path("level").asText()).isEqualTo("HIGH");
        assertThat(callers.person("mara").get("/releases/" + story.key()).body())
                .contains("The supplier is on strike.", "Who approves for whom");

        // Other stories of the same application go on without a stand-in.
        lent.forEach(id -> assertThat(chiara.body("DELETE", "/api/v1/delegations/" + id, "", "")
                        .statusCode())
                .isEqualTo(204));
        cancelled(story);
        Change closed = tickets.find(story.release()).orElseThrow();
        assertThat(closed.state()).isEqualTo(Change.State.CLOSED);
        assertThat(closed.outcome()).contains(Change.Outcome.CANCELLED);
    }

    @Test
    @Capability("8.1")
    void twoApprovalsInTheSameSecondCountOncePerPerson() throws Exception {
        ReleaseStory story = story("28.1.1");
        story.goesOnTo("userTask_assessRisk");
        story.completes(
                "mara",
                "userTask_assessRisk",
                Map.of("impact", 3, "likelihood", 3, "usersImpact", 3, "rollbackTested", "NEVER"));
        story.awaited("userTask_approveChange");
        String both = somebody("bob28", "change-authority", "security");
        List<Task> waiting = access.asSystem(() -> tasks.createTaskQuery()
                .processInstanceBusinessKey(story.key())
                .taskDefinitionKey("userTask_approveChange")
                .list());
        assertThat(waiting).hasSize(2);
        waiting.forEach(task -> {
            assertThat(claimed(both, task).statusCode()).isEqualTo(204);
            confirm(both, task);
        });

        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<HttpResponse<String>>> answers = threads.invokeAll(waiting.stream()
                    .<Callable<HttpResponse<String>>>map(task -> () -> {
                        together.await();
                        return submit(both, task);
                    })
                    .toList());
            List<Integer> codes = Stream.of(answers.get(0).get(), answers.get(1).get())
                    .map(HttpResponse::statusCode)
                    .toList();
            assertThat(codes).filteredOn(code -> code < 300).hasSize(1);
            assertThat(codes).as("whoever is second is refused in words").allMatch(code -> code < 500);
            assertThat(answers.get(0).get().body() + answers.get(1).get().body())
                    .doesNotContain("Unique index", "ENGINE-");
        } finally {
            threads.shutdownNow();
        }
        assertThat(jdbc.sql("select count(*) from approval_decision where person_id = ?")
                        .param(id(both))
                        .query(Long.class)
                        .single())
                .isOne();
        List<Task> left = access.asSystem(() -> tasks.createTaskQuery()
                .processInstanceBusinessKey(story.key())
                .taskDefinitionKey("userTask_approveChange")
                .list());
        assertThat(left).hasSize(1);
        assertThat(submit(both, left.get(0)).body()).contains("another member");
        cancelled(story);
    }
}
