package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.Capability;
import io.slipway.agent.AgentProcess;
import io.slipway.demo.DemoStage;
import io.slipway.demo.DemoTraffic;
import io.slipway.demo.SampleLandscape;
import io.slipway.demo.autopilot.Autopilot;
import io.slipway.demo.autopilot.Evidence;
import io.slipway.demo.autopilot.Summary;
import io.slipway.integration.cmdb.ConfigurationRegister;
import io.slipway.release.Part;
import io.slipway.release.Refused;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.Urgency;
import io.slipway.testing.DemoApplication;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Two releases from request to closure: with the real agent, real services and a client that uses them meanwhile. */
@DemoApplication
@SuppressWarnings("NullAway")
class AutopilotScenarioTest {

    private static final String GOOD = "storefront-2.4.0";
    private static final String BROKEN = "storefront-2.5.0";
    private static final String RELEASE = "(select id from slipway_release where release_key = ?)";

    @Autowired
    private ApplicationContext application;

    @Autowired
    private Autopilot autopilot;

    @Autowired
    private DemoStage stage;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Evidence evidence;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private ConfigurationRegister register;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private HistoryService history;

    @Value("${slipway.targets.agent.data-dir}")
    private Path agentDirectory;

    private final List<String> lines = new ArrayList<>();
    private Summary summary;

    @BeforeAll
    void carriesBothReleases() {
        summary = autopilot.run(lines::add);
    }

    @AfterAll
    void stopsWhatItStarted() throws IOException {
        AgentProcess.stop(agentDirectory, true);
    }

    @Test
    @Capability({"1.1", "4.1", "7.1", "7.6"})
    void endsOneReleaseAsSuccessfulAndRollsTheOtherBack() {
        assertThat(summary.asTold()).as(summary.table()).isTrue();
        assertThat(outcomes())
                .containsExactly(Map.entry(GOOD, "CLOSED SUCCESSFUL"), Map.entry(BROKEN, "CLOSED ROLLED_BACK"));
        for (String key : List.of(GOOD, BROKEN)) {
            assertThat(runtime.createProcessInstanceQuery()
                            .processInstanceBusinessKey(key)
                            .count())
                    .isZero();
        }
        assertThat(history.createHistoricIncidentQuery().count()).isZero();
    }

    /** A gate fails for want of a report and is waived; somebody else than who asked shows what was done in its place. */
    @Test
    @Capability({"4.1", "X3"})
    void waivesAFailedGate() {
        assertThat(texts(
                        "select v.verdict from gate_verdict v where v.environment_key = 'development' and v.release_id = "
                                + RELEASE,
                        GOOD))
                .contains("FAILED");
        assertThat(texts("select state from gate_waiver where release_id = " + RELEASE, GOOD))
                .containsExactly("GRANTED");
        assertThat(texts(
                        "select case when o.fulfilled_by <> w.asked_by and o.beneficiary = w.asked_by then 'by another' else"
                                + " 'by the same' end from obligation o join gate_waiver w on w.release_id = o.release_id"
                                + " where o.kind = 'WAIVER' and o.release_id = " + RELEASE,
                        GOOD))
                .containsExactly("by another");
    }

    /** What there is no room for is asked for; both owners answer, do not agree, and the release manager decides. */
    @Test
    @Capability({"1.2", "6.5"})
    void negotiatesATradeOff() {
        assertThat(texts("select ending from trade_off_decision where release_id = " + RELEASE, BROKEN))
                .containsExactly("DECIDED");
        assertThat(texts("select chosen from trade_off_decision where release_id = " + RELEASE, BROKEN))
                .singleElement()
                .asString()
                .contains("\"key\":\"RAISE\"", "SHOP-204");
        assertThat(texts("select options from trade_off_offer where release_id = " + RELEASE, BROKEN))
                .singleElement()
                .asString()
                .contains("DROP", "DEFER", "MOVE", "RAISE");
        assertThat(texts(
                        "select p.login from trade_off_answer a join person p on p.id = a.person_id where a.person_id ="
                                + " a.owner_id and a.release_id = " + RELEASE + " order by p.login",
                        BROKEN))
                .containsExactly("paul", "petra");
        assertThat(texts(
                        "select item_key from scope_item where decision = 'INCLUDED' and release_id = " + RELEASE
                                + " order by item_key",
                        BROKEN))
                .containsExactly("SHOP-201", "SHOP-202", "SHOP-203", "SHOP-204");
        assertThat(texts(
                        "select case when decided_at is null then 'open' else 'decided' end from ladder_question"
                                + " where release_id = " + RELEASE,
                        BROKEN))
                .containsExactly("decided");
    }

    @Test
    @Capability("2.6")
    void isLockedDownAndGoesOnAfterwards() {
        assertThat(texts("select state from lockdown where system_key = ?", SampleLandscape.SYSTEM))
                .containsExactly("ENDED");
        assertThat(texts(
                        "select case when l.enforced_at <= l.ended_at and l.ended_at <= d.opened_at then 'before' else 'after'"
                                + " end from lockdown l, deployment d where d.environment_key = 'production' and"
                                + " d.release_id = " + RELEASE,
                        GOOD))
                .containsExactly("before");
    }

    @Test
    @Capability("6.3")
    void isLateAndSaysSo() {
        assertThat(texts(
                        "select state from release_delay where confirmed_at is not null and release_id in"
                                + " (select id from slipway_release where system_key = ?)",
                        SampleLandscape.SYSTEM))
                .isNotEmpty();
    }

    @Test
    @Capability("2.2")
    void isRescheduledAfterANoGo() {
        assertThat(texts(
                        "select decision from go_decision where release_id = " + RELEASE + " order by decided_at",
                        GOOD))
                .containsExactly("NO_GO", "GO");
        assertThat(texts(
                        "select state from release_window where release_id = " + RELEASE + " order by round_number",
                        GOOD))
                .hasSizeGreaterThan(1)
                .last()
                .isEqualTo("PLANNED");
    }

    @Test
    @Capability("4.5")
    void asksTheBoard() {
        assertThat(texts("select outcome from board_vote where release_key = ?", BROKEN))
                .containsExactly("SHIP");
        assertThat(texts(
                        "select choice from board_ballot where vote_id in (select id from board_vote where release_key = ?)",
                        BROKEN))
                .hasSize(2)
                .containsOnly("SHIP");
    }

    @Test
    @Capability("5.6")
    void rollsProductionBack() {
        assertThat(texts(
                        "select state from deployment where environment_key = 'production' and release_id = " + RELEASE,
                        BROKEN))
                .containsExactly("ROLLED_BACK");
        assertThat(count(
                        "select count(*) from production_rollback where release_id = (select id from slipway_release where"
                                + " release_key = ?)",
                        BROKEN))
                .isEqualTo(1);
    }

    /** A month is thirty seconds here; the action of the review is due then, and done before. */
    @Test
    @Capability("7.4")
    void settlesWhatIsOwedForAMonth() {
        assertThat(texts("select kind from obligation where release_id = " + RELEASE, BROKEN))
                .contains("CONDITION", "REVIEW_ACTION");
        assertThat(texts(
                        "select case when fulfilled_at <= due_at and timestampdiff(second, opened_at, due_at) between 25 and 31"
                                + " then 'in its month' else 'late' end from obligation where kind = 'REVIEW_ACTION'"
                                + " and release_id = " + RELEASE,
                        BROKEN))
                .containsExactly("in its month");
        assertThat(texts(
                        "select obligation_key from obligation where fulfilled_at is null and system_key = ? and release_id"
                                + " is not null",
                        SampleLandscape.SYSTEM))
                .isEmpty();
        assertThat(texts(
                        "select r.release_key from review_conclusion c join slipway_release r on r.id = c.release_id"
                                + " where r.release_key = ?",
                        BROKEN))
                .hasSize(1);
    }

    @Test
    void listsEachCapabilityWithWhatTheDatabaseHoldsOfIt() throws IOException {
        Set<String> chapters = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("src/test/resources/io/slipway/scenario/capabilities.txt"))) {
            if (line.matches("[1-8]\\.\\d: .*")) {
                chapters.add(line.substring(0, line.indexOf(':')));
            }
        }
        assertThat(summary.capabilities())
                .extracting(Evidence.Touched::id)
                .containsExactlyElementsOf(chapters)
                .hasSize(48);
        assertThat(summary.capabilities())
                .allSatisfy(touched ->
                        assertThat(touched.touched()).as(touched.toString()).isTrue());
        assertThat(summary.table()).contains("Capabilities touched: 48 of 48");
        assertThat(line("1.2")).isEqualTo("1.2 Trade-offs: trade-offs ended: 1, answers of owners: 2");
        assertThat(line("2.6")).isEqualTo("2.6 Lockdowns: imposed: 1, lifted: 1, incidents: 1");
    }

    /** Whoever goes on by hand has to pin no scripts, lower no time to live and hand over to nobody. */
    @Test
    void leavesNothingThatTheNextReleaseHasToDo() {
        for (String table : List.of("script_rule", "cut_over_name", "system_region")) {
            assertThat(jdbc.sql("select count(*) from " + table)
                            .query(Integer.class)
                            .single())
                    .as(table)
                    .isZero();
        }
    }

    private String line(String id) {
        return summary.capabilities().stream()
                .filter(touched -> touched.id().equals(id))
                .findFirst()
                .orElseThrow()
                .toString();
    }

    /** What left no rows is not touched, whatever the autopilot meant to do. */
    @Test
    void takesNothingAsTouchedThatLeftNoRows() {
        assertThat(evidence.of(List.of("storefront-9.9.9")))
                .hasSize(48)
                .allSatisfy(touched ->
                        assertThat(touched.touched()).as(touched.toString()).isFalse());
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            status.setRollbackOnly();
            jdbc.sql("delete from material").update();
            jdbc.sql("delete from environment_refresh").update();
            Set<String> untouched = evidence.of(List.of(GOOD, BROKEN)).stream()
                    .filter(touched -> !touched.touched())
                    .map(Evidence.Touched::toString)
                    .collect(Collectors.toSet());
            assertThat(untouched)
                    .containsExactlyInAnyOrder(
                            "4.4 Environments like production: not touched in this run",
                            "6.4 Material for users: not touched in this run");
        });
    }

    private List<String> texts(String sql, String parameter) {
        return jdbc.sql(sql).param(parameter).query(String.class).list();
    }

    private List<Map.Entry<String, String>> outcomes() {
        return jdbc.sql("select release_key, state, outcome from slipway_release order by release_key")
                .query((row, index) -> Map.entry(row.getString(1), row.getString(2) + " " + row.getString(3)))
                .list();
    }

    @Test
    @Capability("5.6")
    void servesTheOldVersionAgainAfterTheRollback() throws IOException, InterruptedException {
        assertThat(versionServed()).contains("\"2.4.0\"");
        assertThat(traffic(1).versions().keySet()).containsExactly("2.4.0", "2.5.0");
        // In a second with few requests nobody may have asked for the version.
        List<DemoTraffic.Second> seconds = traffic(1).seconds().stream()
                .filter(second -> !second.versions().isEmpty())
                .toList();
        // The switch back may fall into the last second.
        assertThat(seconds.get(seconds.size() - 1).versions()).last().isEqualTo("2.4.0");
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

    @Test
    @Capability({"5.1", "5.4"})
    void losesNoRequestOfARunningClient() {
        for (int release : List.of(0, 1)) {
            assertThat(traffic(release).lastFailures()).isEmpty();
            assertThat(traffic(release).failures()).isZero();
            assertThat(traffic(release).requests()).isGreaterThan(100);
        }
        assertThat(traffic(0).versions().keySet()).containsExactly("2.3.0", "2.4.0");
    }

    private DemoTraffic traffic(int release) {
        return summary.lines().get(release).traffic().orElseThrow();
    }

    @Test
    @Capability("8.2")
    void tellsInItsSummaryWhatTheDatabaseHolds() {
        for (Summary.Line line : summary.lines()) {
            Map<String, Object> row = jdbc.sql("select * from slipway_release where release_key = ?")
                    .param(line.release())
                    .query()
                    .singleRow();
            Object id = row.get("ID");
            assertThat(line.outcome().map(ReleaseOutcome::name)).contains(String.valueOf(row.get("OUTCOME")));
            assertThat(line.releaseClass()).isEqualTo(row.get("RELEASE_CLASS"));
            assertThat(line.duration())
                    .isEqualTo(Duration.between(moment(row.get("REQUESTED_AT")), moment(row.get("ENDED_AT"))));
            assertThat(line.approvals())
                    .isPositive()
                    .isEqualTo(count(
                            "select count(*) from approval_decision where decision = 'APPROVE' and round_id ="
                                    + " (select id from approval_round where release_id = ?"
                                    + " order by round_no desc limit 1)",
                            id));
            assertThat(line.parts().get(Part.APPROVER))
                    .as("whoever only votes in the board approves nothing")
                    .hasSizeLessThanOrEqualTo(line.approvals());
            assertThat(line.deployments())
                    .isEqualTo(3)
                    .isEqualTo(count("select count(*) from deployment where release_id = ?", id));
            assertThat(line.rollbacks())
                    .isEqualTo(count("select count(*) from production_rollback where release_id = ?", id));
            assertThat(line.auditEntries())
                    .isEqualTo(count("select count(*) from audit_entry where release_id = ?", id));
            assertThat(line.parts().entrySet().stream()
                            .filter(part -> part.getKey() != Part.APPROVER)
                            .mapToInt(part -> part.getValue().size())
                            .sum())
                    .isEqualTo(count(
                            "select count(*) from release_involvement where release_id = ? and part <> 'APPROVER'",
                            id));
            assertThat(summary.table()).contains(line.release()).contains(line.auditEntries() + "");
        }
        assertThat(summary.lines()).extracting(Summary.Line::rollbacks).containsExactly(0, 1);
    }

    private static Instant moment(Object column) {
        return column instanceof LocalDateTime local
                ? local.toInstant(ZoneOffset.UTC)
                : ((java.sql.Timestamp) column).toInstant();
    }

    private int count(String sql, Object id) {
        return jdbc.sql(sql).param(id).query(Integer.class).single();
    }

    @Test
    @Capability({"8.1", "8.4"})
    void givesEveryPartToOthers() {
        for (Summary.Line line : summary.lines()) {
            assertThat(line.parts()).containsOnlyKeys(Part.values());
            List<String> all =
                    line.parts().values().stream().flatMap(List::stream).toList();
            assertThat(new HashSet<>(all)).hasSameSizeAs(all);
        }
    }

    @Test
    @Capability("7.6")
    void leavesTheRegisterWithWhatRuns() {
        assertThat(register.read(SampleLandscape.SYSTEM, SampleLandscape.PRODUCTION)
                        .map(item -> item.installed().version()))
                .contains("2.4.0");
    }

    @Test
    @Capability("X4")
    void leavesNoEffectInDoubt() {
        assertThat(jdbc.sql("select distinct state from effect")
                        .query(String.class)
                        .set())
                .isSubsetOf(Set.of("DONE", "UNDONE"));
    }

    @Test
    void tellsEveryStepWithReleaseAndPerson() {
        assertThat(lines)
                .anySatisfy(line -> assertThat(line).contains(GOOD, "Paul Okafor", "Confirm scope"))
                .anySatisfy(line -> assertThat(line).contains(BROKEN, "Mara Lind", "Decide next step"))
                .anySatisfy(line -> assertThat(line).contains(BROKEN, "Slipway", "Undo step"));
    }

    @Test
    @Capability("3.1")
    void releasesAVersionOnce() {
        assertThat(autopilot.isOver()).isTrue();
        assertThatThrownBy(() -> ReleaseStory.requestedBy("mara", "2.4.0", Urgency.NORMAL, application))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("a version is used once");
        assertThat(autopilot.run(lines::add).lines())
                .extracting(Summary.Line::traffic)
                .allSatisfy(traffic -> assertThat(traffic).isEmpty());
    }
}
