package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.Capability;
import io.slipway.demo.SamplePeople;
import io.slipway.release.AuditTrail;
import io.slipway.testing.Visitor;
import java.net.http.HttpResponse;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The audit trail over the whole application: every change has its entry, which is found and taken away. */
@GuardedApplication
@Tag("database")
@SuppressWarnings("NullAway.Init")
class AuditScenarioTest {

    private static final String VERSION = "28.2.0";

    @Autowired
    private ApplicationContext application;

    @Autowired
    private Callers callers;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private SamplePeople people;

    @Autowired
    private AuditTrail audit;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private PlatformTransactionManager transactions;

    private String auditor() {
        return people.all().stream()
                .filter(person -> person.role() == io.slipway.release.Role.AUDITOR)
                .findFirst()
                .orElseThrow()
                .login();
    }

    private JsonNode entries(String query) {
        HttpResponse<String> answer = callers.program(auditor()).get("/api/v1/audit?" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return callers.read(answer);
    }

    @Test
    @Capability("8.2")
    void everyChangeIsFoundByReleaseTicketPersonActionAndDay() {
        ReleaseStory story = ReleaseStory.requestedBy(people.named("mara"), VERSION, "2.4.0", application)
                .movedBy(hand::turn);
        story.goesOnTo("userTask_approveChange");
        String ticket = entries("release=" + story.key() + "&action=change.open")
                .at("/content/0/subject")
                .asText();
        assertThat(ticket).startsWith("CHG-");

        JsonNode risk = entries("ticket=" + ticket + "&action=risk.").path("content");
        assertThat(risk).hasSize(1);
        assertThat(risk.at("/0/actor").asText()).isEqualTo(callers.id("mara"));
        assertThat(risk.at("/0/before/level").asText()).isEmpty();
        assertThat(risk.at("/0/after/level").asText()).isNotEmpty();
        assertThat(risk.at("/0/ticket").asText()).isEqualTo(ticket);

        List<String> ofChange = new ArrayList<>();
        JsonNode early = entries("ticket=" + ticket + "&action=scope.").path("content");
        early.forEach(entry -> ofChange.add(entry.path("ticket").asText()));
        assertThat(ofChange)
                .as("what happened before the ticket was opened belongs to it as well")
                .isNotEmpty()
                .containsOnly(ticket);
        assertThat(callers.program(auditor())
                        .get("/api/v1/audit/export?format=csv&action=scope.freeze&release=" + story.key())
                        .body())
                .contains(ticket);

        String today = Instant.now().toString().substring(0, 10);
        assertThat(entries("release=" + story.key() + "&person=mara&from=" + today + "&to=" + today)
                        .path("content")
                        .findValuesAsText("action"))
                .contains("risk.assess", "schedule.proposeWindow");
        assertThat(entries("release=" + story.key() + "&to=2020-01-01").path("content"))
                .isEmpty();
        assertThat(entries("release=nowhere-1.0.0").path("content")).isEmpty();

        List<Long> read = new ArrayList<>();
        String before = "";
        do {
            JsonNode page = entries("release=" + story.key() + "&size=7" + before);
            page.path("content").forEach(entry -> read.add(entry.path("seq").asLong()));
            before = page.has("next") ? "&before=" + page.path("next").asLong() : "";
        } while (!before.isEmpty());
        assertThat(read)
                .hasSizeGreaterThan(14)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo((a, b) -> Long.compare(b, a));

        Visitor page = callers.person(auditor());
        assertThat(page.get("/audit?ticket=" + ticket + "&action=risk.assess").body())
                .contains("risk.assess", ticket, people.named("mara").name());
        assertThat(page.get("/audit?action=nothing.ever").body()).contains("No entry matches");
        assertThat(callers.program(auditor())
                        .get("/api/v1/audit?from=yesterday")
                        .body())
                .contains("'from' is a day");

        callers.program("mara")
                .json("POST", "/api/v1/releases/" + story.key() + "/cancel", "{\"reason\":\"Enough was seen.\"}");
        hand.turn(story.key());
    }

    @Test
    @Capability("8.2")
    void whatIsTakenAwayHasNoFormulasAndLeavesAnEntry() {
        new TransactionTemplate(transactions)
                .executeWithoutResult(status -> audit.record(new AuditTrail.Entry(
                        Optional.empty(), "test.formula", "=cmd|'/c calc'!A1", Map.of(), Map.of("text", "@SUM(1)"))));

        HttpResponse<String> csv =
                callers.program(auditor()).get("/api/v1/audit/export?format=csv&action=test.formula");
        assertThat(csv.body().lines()).hasSize(2);
        assertThat(csv.body())
                .contains(",test.formula,'=cmd|'/c calc'!A1,{},")
                .contains("\"{\"\"text\"\":\"\"@SUM(1)\"\"}\"");
        HttpResponse<String> lines = callers.program(auditor()).get("/api/v1/audit/export?action=test.formula");
        assertThat(lines.body().lines()).hasSize(1);
        assertThat(callers.read(lines).path("subject").asText()).isEqualTo("=cmd|'/c calc'!A1");
        assertThat(entries("action=audit.export").at("/content/0/after/person").asText())
                .isEqualTo(callers.id(auditor()));
        assertThat(callers.program(auditor())
                        .get("/api/v1/audit/export?format=xls")
                        .statusCode())
                .isEqualTo(400);
        assertThat(callers.program("quinn").get("/api/v1/audit").statusCode()).isEqualTo(403);
    }

    @Test
    @Capability("8.2")
    void whatOperationsDoInTheEngineIsAnEntryOfTheReleaseWithoutTheValues() {
        ReleaseStory story = ReleaseStory.requestedBy(people.named("mara"), "28.2.1", "2.4.0", application)
                .movedBy(hand::turn);
        Task task = story.awaited("userTask_supplyItems");
        String root = story.release().processInstanceId().orElseThrow();
        String inner = task.getProcessInstanceId();
        steered("PUT", "/process-instance/" + root + "/variables/hunter", "{\"value\":\"s3cr3t\",\"type\":\"String\"}");
        steered("DELETE", "/process-instance/" + root + "/variables/hunter", "");
        steered(
                "POST",
                "/process-instance/" + root + "/variables",
                "{\"modifications\":{\"one\":{\"value\":\"s3cr3t\"},\"two\":{\"value\":\"s3cr3t\"}},\"deletions\":[]}");
        steered("PUT", "/process-instance/" + inner + "/suspended", "{\"suspended\":true}");
        steered("PUT", "/process-instance/" + inner + "/suspended", "{\"suspended\":false}");
        steered(
                "POST",
                "/process-instance/" + inner + "/modification",
                "{\"instructions\":[{\"type\":\"startBeforeActivity\",\"activityId\":\"userTask_supplyItems\"}]}");
        String paul = callers.id("paul");
        HttpResponse<String> claimed = callers.program("paul")
                .json("POST", callers.rest("/task/" + task.getId() + "/claim"), callers.write(Map.of("userId", paul)));
        assertThat(claimed.statusCode()).as(claimed.body()).isEqualTo(204);

        JsonNode done = entries("release=" + story.key() + "&person=oscar&action=engine.&size=100")
                .path("content");
        assertThat(done.findValuesAsText("action"))
                .as("the newest first")
                .containsExactly(
                        "engine.modifyProcessInstance",
                        "engine.activate",
                        "engine.suspend",
                        "engine.modifyVariable",
                        "engine.removeVariable",
                        "engine.setVariable");
        assertThat(done.at("/5/after/variables/0").asText()).isEqualTo("hunter set");
        assertThat(done.at("/4/after/variables/0").asText()).isEqualTo("hunter removed");
        assertThat(done.at("/3/after/variables").toString()).isEqualTo("[\"one set\",\"two set\"]");
        assertThat(done.at("/0/subject").asText()).startsWith("ProcessInstance of scope-release:");
        assertThat(done.toString()).doesNotContain("s3cr3t");
        JsonNode taken = entries("release=" + story.key() + "&person=paul&action=engine.claim")
                .path("content");
        assertThat(taken).hasSize(1);
        assertThat(taken.at("/0/subject").asText()).startsWith("Task userTask_supplyItems of scope-release:");
        assertThat(callers.program(auditor())
                        .get("/api/v1/audit/export?format=csv&action=engine.modifyVariable&release=" + story.key())
                        .body())
                .contains("one set");
        assertThat(callers.person(auditor())
                        .get("/audit?action=engine.&release=" + story.key())
                        .body())
                .contains("engine.modifyProcessInstance", people.named("oscar").name());

        steered("PUT", "/process-instance/" + root + "/variables/gone", "{\"value\":1,\"type\":\"Integer\"}");
        callers.program("mara")
                .json("POST", "/api/v1/releases/" + story.key() + "/cancel", "{\"reason\":\"Enough was seen.\"}");
        hand.turn(story.key());
        assertThat(entries("release=" + story.key() + "&action=engine.delete").path("content"))
                .as("what Slipway itself does in the engine is told by its own entries")
                .isEmpty();
    }

    private void steered(String method, String path, String body) {
        HttpResponse<String> answer = callers.program("oscar").json(method, callers.rest(path), body);
        assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(204);
    }

    @Test
    void aHundredThousandEntriesAreSearchedAtOnce() {
        long rows = jdbc.queryForObject("select count(*) from audit_entry", Long.class);
        Timestamp then = Timestamp.from(Instant.parse("2025-05-05T05:05:05Z"));
        for (int batch = 0; rows + batch * 5_000L < 100_000; batch++) {
            jdbc.batchUpdate(
                    "insert into audit_entry (occurred_at, actor, action, subject, facts_before, facts_after)"
                            + " values (?, ?, ?, ?, '{}', '{}')",
                    IntStream.range(0, 5_000)
                            .mapToObj(i -> new Object[] {then, "p" + i, "bulk.insert" + (i % 50), "row " + i})
                            .toList());
        }
        for (String query : List.of(
                "action=bulk.insert7",
                "person=p17",
                "from=2025-05-05&to=2025-05-05",
                "action=bulk.",
                "ticket=CHG-999999",
                "before=50000")) {
            Instant begin = Instant.now();
            entries(query);
            assertThat(Duration.between(begin, Instant.now())).as(query).isLessThan(Duration.ofSeconds(2));
        }
        assertThat(callers.program(auditor())
                        .get("/api/v1/audit/export?format=csv&action=bulk.")
                        .body()
                        .lines()
                        .count())
                .isGreaterThan(80_000);
    }
}
