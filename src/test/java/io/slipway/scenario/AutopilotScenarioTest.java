package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.Capability;
import io.slipway.agent.AgentProcess;
import io.slipway.demo.DemoStage;
import io.slipway.demo.DemoTraffic;
import io.slipway.demo.SampleLandscape;
import io.slipway.demo.autopilot.Autopilot;
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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two releases from request to closure: with the real agent, real services and a client that uses them meanwhile. */
@DemoApplication
@SuppressWarnings("NullAway")
class AutopilotScenarioTest {

    private static final String GOOD = "storefront-2.4.0";
    private static final String BROKEN = "storefront-2.5.0";

    @Autowired
    private ApplicationContext application;

    @Autowired
    private Autopilot autopilot;

    @Autowired
    private DemoStage stage;

    @Autowired
    private JdbcClient jdbc;

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

    /** What goes otherwise than planned on the way, and what is owed for it afterwards. */
    @Test
    @Capability({"2.2", "2.6", "4.1", "4.5", "7.4", "X3"})
    void goesThroughBadHoursAndSettlesWhatIsOwed() {
        assertThat(texts(
                        "select w.state from gate_waiver w join slipway_release r on r.id = w.release_id where r.release_key = ?",
                        GOOD))
                .containsExactly("GRANTED");
        assertThat(texts(
                        "select d.decision from go_decision d join slipway_release r on r.id = d.release_id where r.release_key = ?"
                                + " order by decided_at",
                        GOOD))
                .containsExactly("NO_GO", "GO");
        assertThat(texts("select state from lockdown where 'x' <> ?", "")).containsExactly("ENDED");
        assertThat(texts("select outcome from board_vote where release_key = ?", BROKEN))
                .containsExactly("SHIP");
        assertThat(texts(
                        "select o.kind from obligation o join slipway_release r on r.id = o.release_id where r.release_key = ?",
                        BROKEN))
                .contains("CONDITION", "REVIEW_ACTION");
        assertThat(texts(
                        "select obligation_key from obligation where fulfilled_at is null and release_id is not null and 'x' <> ?",
                        ""))
                .isEmpty();
        assertThat(texts(
                        "select r.release_key from review_conclusion c join slipway_release r on r.id = c.release_id"
                                + " where r.release_key = ?",
                        BROKEN))
                .hasSize(1);
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
        List<DemoTraffic.Second> seconds = traffic(1).seconds();
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
                            "select count(*) from approval_decision where round_id in"
                                    + " (select id from approval_round where release_id = ?)",
                            id));
            assertThat(line.deployments())
                    .isEqualTo(3)
                    .isEqualTo(count("select count(*) from deployment where release_id = ?", id));
            assertThat(line.rollbacks())
                    .isEqualTo(count("select count(*) from production_rollback where release_id = ?", id));
            assertThat(line.auditEntries())
                    .isEqualTo(count("select count(*) from audit_entry where release_id = ?", id));
            assertThat(line.parts().values().stream().mapToInt(List::size).sum())
                    .isEqualTo(count("select count(*) from release_involvement where release_id = ?", id));
            assertThat(summary.table()).contains(line.release()).contains(line.auditEntries() + "");
        }
        assertThat(summary.lines()).extracting(Summary.Line::rollbacks).containsExactly(0, 1);
    }

    private static Instant moment(Object column) {
        return ((java.sql.Timestamp) column).toInstant();
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
