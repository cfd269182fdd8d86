package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.Capability;
import io.slipway.demo.SamplePeople;
import io.slipway.demo.autopilot.Actors;
import io.slipway.release.Obligations;
import io.slipway.release.RiskFactor;
import io.slipway.testing.Visitor;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.task.Task;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What quality assurance does around a release, in the running application. */
@GuardedApplication
@SuppressWarnings("NullAway.Init")
class QualityScenarioTest {

    private static final String BAD =
            "<testsuite><testcase name='a'/><testcase name='b'><failure/></testcase></testsuite>";

    @Autowired
    private ApplicationContext application;

    @Autowired
    private Callers callers;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private SamplePeople people;

    @Autowired
    private Actors actors;

    @Autowired
    private Obligations obligations;

    @Autowired
    private List<RiskFactor> factors;

    @Autowired
    private JdbcClient jdbc;

    private ReleaseStory story;

    /** Frees the environment that the release holds. */
    @AfterEach
    void cancel() {
        if (story != null && !story.release().state().ended()) {
            callers.program("mara")
                    .json(
                            "POST",
                            "/api/v1/releases/" + story.key() + "/cancel",
                            callers.write(Map.of("reason", "Enough was seen.")));
            hand.turn(story.key());
        }
    }

    @Test
    @Capability({"4.1", "X1"})
    void everyKindOfEvidenceIsJudgedWithReasonsAndTheCheapestWayOut() {
        atTheFirstGate("24.0.0");
        Visitor quinn = callers.program("quinn");

        HttpResponse<String> deep = hand(quinn, "deep.json", "{\"x\":" + "[".repeat(1_000_000));
        assertThat(deep.statusCode()).as(deep.body()).isEqualTo(400);
        assertThat(callers.read(deep).path("detail").asText()).contains("deep.json", "deeper than 200");
        assertThat(callers.read(deep).path("field").asText()).isEqualTo("file");
        assertThat(hand(quinn, "a.xml", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><testsuite/>")
                        .statusCode())
                .isEqualTo(400);

        assertThat(callers.read(hand(quinn, "named.txt", scan("error", "strcpy(a, b)")))
                        .path("kind")
                        .asText())
                .isEqualTo("SECURITY");
        assertThat(callers.read(hand(quinn, "coverage.xml", coverage()))
                        .path("summary")
                        .asText())
                .isEqualTo("75 % of lines covered");
        assertThat(hand(quinn, "TEST-storefront.xml", BAD).statusCode()).isEqualTo(201);
        story.completes("quinn", "userTask_supplyEvidence", Map.of("evidenceNote", "nightly"))
                .goesOnTo("userTask_decideFailedGate");

        JsonNode why = gate().path("verdict").path("explanation");
        assertThat(why.path("rule").path("id").asText()).isEqualTo("rule_failedTests");
        assertThat(why.path("changes").path(0).asText()).isEqualTo("With at most 0 failed (now 1) the gate passes.");
        assertThat(why.path("facts").path("securityErrors").asInt()).isEqualTo(1);
        assertThat(why.path("facts").path("coveragePercent").asInt()).isEqualTo(75);
        assertThat(why.path("criteria")).hasSize(9);
        assertThat(callers.person("quinn").get("/releases/" + story.key()).body())
                .contains("Security findings of level error", "Coverage of lines");
    }

    @Test
    @Capability("4.3")
    void twoPeopleSuppressAFindingUntilItsCodeChanges() {
        atTheFirstGate("24.1.0");
        Visitor quinn = callers.program("quinn");
        hand(quinn, "scan.sarif", scan("error", "gets(line)"));
        String finding = onlyFinding("gets");
        assertThat(callers.read(quinn.get("/api/v1/findings/" + finding))
                        .path("finding")
                        .path("counts")
                        .asBoolean())
                .isTrue();

        assertThat(callers.program("derek")
                        .json("POST", "/api/v1/findings/" + finding + "/triage", "{}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(quinn.json("POST", "/api/v1/findings/" + finding + "/triage", "{}")
                        .statusCode())
                .isEqualTo(202);
        String key = "finding-" + finding;
        actors.complete(
                actors.named("quinn"),
                task(key),
                Map.of(
                        "triageVerdict",
                        "FALSE_POSITIVE",
                        "triageReason",
                        "${7*7} The line is bounded.",
                        "triageEvidence",
                        "Test LineTest",
                        "triageScope",
                        "SYSTEM",
                        "triageExpires",
                        Instant.now().plus(10, ChronoUnit.DAYS).toString()));
        HttpResponse<String> self = callers.program("quinn")
                .json(
                        "POST",
                        callers.rest("/task/" + task(key).getId() + "/complete"),
                        callers.variables(Map.of("confirmDecision", "CONFIRM", "confirmReason", "Mine.")));
        assertThat(self.statusCode()).as(self.body()).isGreaterThanOrEqualTo(400);
        actors.complete(
                actors.named("sefa"),
                task(key),
                Map.of("confirmDecision", "CONFIRM", "confirmReason", "The test shows it."));

        JsonNode told = callers.read(quinn.get("/api/v1/findings/" + finding));
        assertThat(told.path("finding").path("state").asText()).isEqualTo("SUPPRESSED");
        assertThat(told.path("finding").path("counts").asBoolean()).isFalse();
        assertThat(Jsoup.parse(callers.person("aldo")
                                .get("/findings/" + finding)
                                .body())
                        .text())
                .contains("It does not count at gates.", "${7*7} The line is bounded.", "Sefa Yilmaz");

        hand(quinn, "TEST-storefront.xml", BAD);
        story.completes("quinn", "userTask_supplyEvidence", Map.of("evidenceNote", "nightly"))
                .goesOnTo("userTask_decideFailedGate");
        assertThat(gate().path("verdict")
                        .path("explanation")
                        .path("facts")
                        .path("securityErrors")
                        .asInt())
                .as("what two people suppressed does not count")
                .isZero();

        hand(quinn, "scan.sarif", scan("error", "gets(longer)"));
        JsonNode changed =
                callers.read(quinn.get("/api/v1/findings/" + finding)).path("finding");
        assertThat(changed.path("counts").asBoolean()).isTrue();
        assertThat(changed.path("lapsed").asText()).isEqualTo("The code at the place changed.");
    }

    @Test
    @Capability({"4.5", "X3"})
    void theBoardShipsWithAKnownIssueOnConditionsThatAreOwed() {
        atTheFirstGate("24.2.0");
        hand(callers.program("quinn"), "TEST-storefront.xml", BAD);
        story.completes("quinn", "userTask_supplyEvidence", Map.of("evidenceNote", "nightly"))
                .goesOnTo("userTask_decideFailedGate")
                .completes(
                        "quinn",
                        "userTask_decideFailedGate",
                        Map.of("gateDecision", "BOARD", "gateReason", "The test of the printer fails."));
        hand.turn(story.key());
        JsonNode vote = votes().path(0);
        assertThat(vote.path("question").asText()).contains("The test of the printer fails.");

        assertThat(ballot("mara", vote, "SHIP", "").statusCode()).isEqualTo(403);
        assertThat(ballot("cora", vote, "MAYBE", "").statusCode()).isEqualTo(400);
        assertThat(ballot("cora", vote, "SHIP", "Tell the users of the printer.")
                        .statusCode())
                .isEqualTo(200);
        assertThat(ballot("cora", vote, "DELAY", "").statusCode())
                .as("nobody votes twice")
                .isEqualTo(400);
        hand.turn(story.key());
        assertThat(votes().path(0).path("outcome").isTextual())
                .as("one ballot is no quorum")
                .isFalse();
        assertThat(ballot("carl", vote, "SHIP", "").statusCode()).isEqualTo(200);
        hand.turn(story.key());

        assertThat(votes().path(0).path("outcome").asText()).isEqualTo("SHIP");
        assertThat(gate().path("state").asText()).isEqualTo("WAIVED");
        assertThat(obligations.of(story.release()))
                .extracting(obligation -> obligation.owed().kind())
                .contains(Obligations.Kind.CONDITION, Obligations.Kind.WAIVER);
        assertThat(Jsoup.parse(callers.person("aldo")
                                .get("/releases/" + story.key())
                                .body())
                        .text())
                .contains("Votes of the board", "Cora Menon", "Tell the users of the printer.");
        assertThat(story.waiting()).doesNotContain("userTask_decideFailedGate");
    }

    private void theBoardDecides(String version, String choice) {
        theBoardDecides(version, choice, "");
    }

    private void theBoardDecides(String version, String choice, String condition) {
        atTheFirstGate(version);
        hand(callers.program("quinn"), "TEST-storefront.xml", BAD);
        story.completes("quinn", "userTask_supplyEvidence", Map.of("evidenceNote", "nightly"))
                .goesOnTo("userTask_decideFailedGate")
                .completes(
                        "quinn",
                        "userTask_decideFailedGate",
                        Map.of("gateDecision", "BOARD", "gateReason", "The test of the printer fails."));
        hand.turn(story.key());
        JsonNode vote = votes().path(0);
        for (String member : List.of("cora", "carl")) {
            assertThat(ballot(member, vote, choice, condition).statusCode()).isEqualTo(200);
        }
        hand.turn(story.key());
        assertThat(votes().path(0).path("outcome").asText()).isEqualTo(choice);
    }

    private List<String> asked(String action) {
        return jdbc.sql("select q.reason from release_request q join slipway_release r on r.id = q.release_id"
                        + " where r.release_key = ? and q.action = ?")
                .params(story.key(), action)
                .query(String.class)
                .list();
    }

    @Test
    @Capability("4.5")
    void aConditionThatTwoMembersGiveIsOwedOnce() {
        theBoardDecides("24.2.3", "SHIP", "Mend the printer within two weeks.");

        List<String> owed = jdbc.sql(
                        "select o.statement from obligation o join slipway_release r on r.id = o.release_id"
                                + " where r.release_key = ? and o.statement like '%Mend the printer%'")
                .param(story.key())
                .query(String.class)
                .list();
        assertThat(owed)
                .filteredOn(text -> text.startsWith("Condition of the board"))
                .hasSize(1);
        assertThat(owed).allSatisfy(text -> assertThat(text).containsOnlyOnce("Mend the printer"));
        cancel();
    }

    @Test
    @Capability("4.5")
    void aSmallerScopeThatTheBoardDecidesOpensTheScopeAgain() {
        theBoardDecides("24.2.1", "DESCOPE");

        assertThat(story.awaited("userTask_supplyItems")).isNotNull();
        assertThat(asked("CONTENT_CHANGE"))
                .singleElement()
                .asString()
                .startsWith("The board decided: 2 ballots at a quorum of 2");
        assertThat(story.waiting()).doesNotContain("userTask_supplyEvidence", "userTask_decideFailedGate");
        assertThat(hand.isAt(story.key(), "event_nextTryDue")).isFalse();
        cancel();
    }

    @Test
    @Capability("4.5")
    void aDelayThatTheBoardDecidesLeadsToAnotherWindowWhenTheChangeIsAuthorised() {
        theBoardDecides("24.2.2", "DELAY");
        assertThat(story.waiting()).contains("userTask_supplyEvidence");
        assertThat(hand.isAt(story.key(), "event_nextTryDue")).isTrue();
        assertThat(asked("RESCHEDULE")).isEmpty();
        hand(callers.program("quinn"), "TEST-storefront.xml", BAD.replace("<failure/>", ""));

        story.goesOnTo("userTask_assessRisk");
        hand.execute(hand.jobAt(story.key(), "event_nextTryDue"));
        hand.turn(story.key());

        assertThat(story.awaited("userTask_proposeWindow")).isNotNull();
        assertThat(asked("RESCHEDULE")).hasSize(1);
        assertThat(story.waiting()).doesNotContain("userTask_assessRisk", "userTask_approveChange");
        cancel();
    }

    private JsonNode votes() {
        return callers.read(callers.program("quinn").get("/api/v1/releases/" + story.key() + "/quality/votes"));
    }

    private HttpResponse<String> ballot(String login, JsonNode vote, String choice, String condition) {
        return callers.program(login)
                .json(
                        "POST",
                        "/api/v1/releases/" + story.key() + "/quality/votes/"
                                + vote.path("number").asText() + "/ballots",
                        callers.write(Map.of("choice", choice, "reason", "Few people print.", "condition", condition)));
    }

    @Test
    @Capability({"4.6", "X3"})
    void whatIsSkippedIsGrantedByAnotherPersonAndOwedUntilItIsValidated() {
        story = ReleaseStory.requestedBy(people.named("mara"), "24.3.0", "2.4.0", application)
                .movedBy(hand::turn)
                .goesOnTo("userTask_supplyItems");
        String path = "/api/v1/releases/" + story.key() + "/exemptions";
        Map<String, Object> asked = Map.of(
                "skipped",
                "The load test",
                "compensatingControl",
                "Traffic is watched.",
                "validation",
                "The load test is run.",
                "validateBy",
                Instant.now().plus(1, ChronoUnit.DAYS).toString());
        assertThat(callers.program("quinn")
                        .json("POST", path, callers.write(asked))
                        .statusCode())
                .isEqualTo(403);
        assertThat(callers.program("mara")
                        .json("POST", path, callers.write(asked))
                        .statusCode())
                .isEqualTo(201);
        hand.turn(story.key());

        story.completes(
                "chiara",
                "userTask_grantExemption",
                Map.of("exemptionVerdict", "GRANTED", "exemptionReason", "The fault costs more."));
        Obligations.Obligation owed = obligations.of(story.release()).get(0);
        assertThat(owed.owed().kind()).isEqualTo(Obligations.Kind.EXEMPTION);
        assertThat(owed.owed().blocksClosure()).isTrue();
        Map<String, Object> shown = Map.of("validationEvidence", "Report 12");
        assertThatThrownBy(() -> story.completes("quinn", "userTask_validateExemption", shown))
                .hasMessageContaining("is checked after it went live");

        assertThat(exemptionRisk()).isEmpty();
        jdbc.sql("update obligation set due_at = ? where obligation_key = ?")
                .params(
                        java.sql.Timestamp.from(Instant.now().minusSeconds(60)),
                        owed.owed().key())
                .update();
        assertThat(exemptionRisk()).isPresent();

        cancel();
        story.completes("quinn", "userTask_validateExemption", shown);
        assertThat(obligations.of(story.release()).get(0).open()).isFalse();
        assertThat(exemptionRisk()).isEmpty();
        assertThat(callers.read(callers.program("aldo").get(path))
                        .path(0)
                        .path("state")
                        .asText())
                .isEqualTo("VALIDATED");
    }

    private Optional<RiskFactor.Weight> exemptionRisk() {
        return factors.stream()
                .filter(factor -> factor.name().equals("exemptions"))
                .findFirst()
                .orElseThrow()
                .weigh(story.release());
    }

    @Test
    @Capability("4.2")
    void underABudgetTheRiskOfWhatIsLeftOutIsANumber() {
        atTheFirstGate("24.4.0");
        Visitor quinn = callers.program("quinn");
        hand(quinn, "TEST-history.xml", """
                <testsuite>
                  <testcase classname='store.quality4cart.CartTest' name='slow' time='50'/>
                  <testcase classname='store.quality4cart.CartTest' name='failing' time='8'><failure/></testcase>
                  <testcase classname='store.quality4print.PrintTest' name='print' time='30'/>
                </testsuite>
                """);
        String path = "/api/v1/releases/" + story.key() + "/quality/test-selection";
        assertThat(quinn.json(
                                "POST",
                                path,
                                callers.write(Map.of("budgetSeconds", 9, "changedComponents", List.of("nothing"))))
                        .statusCode())
                .isEqualTo(400);
        JsonNode chosen = callers.read(quinn.json(
                "POST", path, callers.write(Map.of("budgetSeconds", 9, "changedComponents", List.of("quality4cart")))));

        assertThat(chosen.path("chosen").toString())
                .contains("CartTest.failing")
                .doesNotContain("CartTest.slow");
        assertThat(chosen.path("omitted").toString()).contains("CartTest.slow", "PrintTest.print");
        assertThat(chosen.path("omittedRisk").asInt()).isBetween(1, 99);
        assertThat(chosen.path("exact").asBoolean()).isTrue();
        assertThat(Jsoup.parse(callers.person("quinn")
                                .get("/releases/" + story.key())
                                .body())
                        .text())
                .contains(
                        "what is left out carries " + chosen.path("omittedRisk").asInt() + " % of the risk");
    }

    @Test
    @Capability("4.4")
    void anEnvironmentIsScoredOnlyWhenNothingOfProductionIsLeftInItsClone() {
        Visitor dana = callers.program("dana");
        Map<String, Object> begun = Map.of(
                "system",
                "storefront",
                "environment",
                "staging",
                "sourceVersion",
                "0.0.1",
                "masked",
                List.of("customer.mail"),
                "references",
                List.of("orders.customer -> customer.id"),
                "configuration",
                40,
                "topology",
                20,
                "load",
                10);
        assertThat(callers.program("quinn")
                        .json("POST", "/api/v1/refreshes", callers.write(begun))
                        .statusCode())
                .isEqualTo(403);
        String number = callers.read(dana.json("POST", "/api/v1/refreshes", callers.write(begun)))
                .path("number")
                .asText();
        String key = "refresh-" + number;
        String tables = "/api/v1/refreshes/" + number + "/tables";
        assertThatThrownBy(() -> actors.complete(actors.named("dana"), task(key), Map.of("cloneNote", "")))
                .hasMessageContaining("Nothing of the clone was checked yet");
        assertThat(dana.json("POST", tables, tables("id,\"ma\"\"il\"\n1,a@x", "id,mail\n1,b@y"))
                        .statusCode())
                .isEqualTo(400);

        JsonNode leaking = callers.read(
                dana.json("POST", tables, tables("id,mail\n1,ann@shop\n2,bob@shop", "id,mail\n1,x1@test\n2,bob@shop")));
        assertThat(leaking.path("findings").path(0).path("detail").asText())
                .isEqualTo("1 rows still have an original value.");
        actors.complete(actors.named("dana"), task(key), Map.of("cloneNote", ""));
        assertThat(actors.brief(task(key)).toString()).contains("1 rows still have an original value.");

        JsonNode clean = callers.read(
                dana.json("POST", tables, tables("id,mail\n1,ann@shop\n2,bob@shop", "id,mail\n1,x1@test\n2,x2@test")));
        assertThat(clean.path("findings").path(1).path("detail").asText()).isEqualTo("Every reference leads to a row.");
        actors.complete(actors.named("dana"), task(key), Map.of("cloneNote", "Masked with the usual script."));
        hand.turn(key);

        assertThat(actors.openTasks(key)).isEmpty();
        assertThat(Jsoup.parse(callers.person("aldo").get("/quality").body()).text())
                .contains("storefront, staging", "33 of 100", "customer.mail is masked: No original value is left.");
        assertThat(callers.person("aldo").get("/quality").body()).doesNotContain("bob@shop");
        story = ReleaseStory.requestedBy(people.named("mara"), "24.5.0", "2.4.0", application)
                .movedBy(hand::turn);
        assertThat(factors.stream()
                        .filter(factor -> factor.name().equals("fidelity"))
                        .findFirst()
                        .orElseThrow()
                        .weigh(story.release()))
                .get()
                .satisfies(weight -> assertThat(weight.sentence()).contains("staging", "33 of 100"));
        jdbc.sql("update environment_refresh set fidelity = 100 where id = ?")
                .param(Long.valueOf(number))
                .update();
    }

    private String tables(String original, String masked) {
        return callers.write(Map.of(
                "tables",
                List.of(
                        Map.of("name", "customer", "original", original, "masked", masked),
                        Map.of(
                                "name", "orders",
                                "original", "id,customer\n7,1\n8,2",
                                "masked", "id,customer\n7,1\n8,2"))));
    }

    private void atTheFirstGate(String version) {
        story = ReleaseStory.requestedBy(people.named("mara"), version, "2.4.0", application)
                .movedBy(hand::turn)
                .goesOnTo("userTask_supplyEvidence");
    }

    private HttpResponse<String> hand(Visitor who, String name, String content) {
        return who.upload("/api/v1/releases/" + story.key() + "/quality/development/evidence", name, content, Map.of());
    }

    private JsonNode gate() {
        return callers.read(callers.program("quinn").get("/api/v1/releases/" + story.key() + "/quality"))
                .path(0);
    }

    private String onlyFinding(String rule) {
        JsonNode found = callers.read(
                callers.program("quinn").get("/api/v1/findings?system=storefront&state=COUNTING&text=" + rule));
        assertThat(found.path("content")).hasSize(1);
        return found.path("content").path(0).path("number").asText();
    }

    private Task task(String key) {
        hand.turn(key);
        return actors.openTasks(key).get(0);
    }

    private static String scan(String level, String code) {
        return """
                {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "Scanner"}}, "results": [
                  {"ruleId": "%s", "level": "%s", "message": {"text": "Unbounded"},
                   "partialFingerprints": {"place": "1"},
                   "locations": [{"physicalLocation": {"artifactLocation": {"uri": "src/line.c"},
                     "region": {"startLine": 7, "snippet": {"text": "%s"}}}}]}]}]}
                """.formatted(code.substring(0, code.indexOf('(')), level, code);
    }

    private static String coverage() {
        return "<!DOCTYPE report PUBLIC \"-//JACOCO//DTD Report 1.1//EN\" \"report.dtd\">"
                + "<report name='storefront'><counter type='LINE' missed='25' covered='75'/></report>";
    }
}
