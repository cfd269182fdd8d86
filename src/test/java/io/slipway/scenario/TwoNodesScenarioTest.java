package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Metrics;
import io.slipway.Capability;
import io.slipway.agent.AgentProcess;
import io.slipway.demo.SampleLandscape;
import io.slipway.demo.SamplePeople;
import io.slipway.operations.Alarm;
import io.slipway.operations.Alarms;
import io.slipway.platform.nodes.Node;
import io.slipway.platform.nodes.Nodes;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.ReleaseState;
import io.slipway.release.Urgency;
import io.slipway.testing.OtherNode;
import io.slipway.testing.Visitor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.history.HistoricJobLog;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Two nodes on one database, one store and one agent. The first runs in this process; the second is a process of its own, a newer
 * version of the program with other models, which is killed while it deploys.
 */
@TwoNodesApplication
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("NullAway")
@Capability({"10.4", "5.3"})
class TwoNodesScenarioTest {

    private static final String VERSION = "2.4.0";
    private static final String KEY = SampleLandscape.SYSTEM + "-";
    private static final String IN_FLIGHT = "3.0.1";
    private static final String NEW = "3.1.";
    private static final int AT_ONCE = 12;
    private static final Duration LEASE = Duration.ofSeconds(6);

    @Autowired
    private ConfigurableApplicationContext application;

    @Autowired
    private Environment environment;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private HistoryService history;

    @Autowired
    private TaskService tasks;

    @Autowired
    private ProcessEngine engine;

    @Autowired
    private JobExecutor jobs;

    @Autowired
    private Nodes nodes;

    @Autowired
    private Alarms alarms;

    @LocalServerPort
    private int port;

    @Value("${slipway.targets.agent.data-dir}")
    private Path agent;

    private OtherNode second;
    private String release = "";

    @BeforeAll
    void theSecondNodeStartsAsANewerVersionWhileReleasesAreInFlight() throws Exception {
        for (String version : List.of(VERSION, IN_FLIGHT)) {
            request(version).awaited("userTask_supplyItems");
        }
        jobs.shutdown();
        second = OtherNode.start(
                "second", environment, Map.of("logging.structured.format.console", "ecs"), withOtherModels());
    }

    /** A directory with a model that differs; the models of a program are deployed together, so that all get a new version. */
    private Path withOtherModels() throws IOException {
        String model = "bpmn/release/run-release.bpmn";
        Path program = Path.of(environment.getRequiredProperty("slipway.data"), "newer");
        Path changed = program.resolve(model);
        Files.createDirectories(changed.getParent());
        String now = new ClassPathResource(model).getContentAsString(StandardCharsets.UTF_8);
        Files.writeString(changed, now.replace("name=\"Run release\"", "name=\"Run release, newer\""));
        return program;
    }

    private ReleaseStory request(String version) {
        return ReleaseStory.requestedBy(
                application.getBean(SamplePeople.class).named("mara"), version, VERSION, Urgency.NORMAL, application);
    }

    @AfterAll
    void everythingEnds() throws IOException {
        if (second != null) {
            second.close();
        }
        AgentProcess.stop(agent, true);
    }

    @Test
    @Order(1)
    void whoSignedInOnOneNodeIsKnownOnTheOther() {
        Visitor here = Visitor.of(port);
        assertThat(here.signIn("oscar", SamplePeople.PASSWORD).statusCode()).isEqualTo(302);
        assertThat(here.get("/camunda/app/cockpit/" + engine.getName() + "/").statusCode())
                .isEqualTo(200);
        Visitor there = Visitor.of(second.port())
                .withCookie("JSESSIONID", here.cookie("JSESSIONID").orElseThrow());

        assertThat(there.get("/releases").statusCode()).isEqualTo(200);
        assertThat(there.get("/releases").body()).contains("Oscar Nystrom");
        assertThat(there.get("/camunda/app/cockpit/default/").statusCode()).isEqualTo(200);
        assertThat(there.get("/camunda/api/engine/engine/default/task/count").body())
                .contains("count");

        // A form that one node gave out is taken by the other, and signing out there ends it here.
        assertThat(there.form("/logout", Map.of("_csrf", here.token("/releases")))
                        .statusCode())
                .isEqualTo(302);
        assertThat(here.get("/releases").headers().firstValue("Location").orElse(""))
                .contains("/login");
    }

    @Test
    @Order(2)
    void bothNodesTakeOfTheWorkThatWaits() throws Exception {
        // Both at once, the quicker one might take everything; so the other one rests while each does its half.
        second.signal("STOP");
        request(1, AT_ONCE / 2);
        jobs.start();
        ReleaseStory.await(
                "jobs done by the first node",
                () -> jobsOfTheNewerModels().containsKey("first"),
                () -> jobsOfTheNewerModels().toString());
        jobs.shutdown();
        request(AT_ONCE / 2 + 1, AT_ONCE);
        second.signal("CONT");
        ReleaseStory.await(
                "jobs done by the second node",
                () -> jobsOfTheNewerModels().containsKey("second"),
                () -> jobsOfTheNewerModels().toString());
        jobs.start();
        ReleaseStory.await(
                "the first task of every release",
                () -> atTheirFirstTask() == AT_ONCE + 2,
                () -> atTheirFirstTask() + " of " + (AT_ONCE + 2) + " wait for their items");
        System.out.println("Jobs of " + AT_ONCE + " releases by node: " + jobsOfTheNewerModels());
        assertThat(jdbc.sql("select count(*) from node_turn where turn_name in ('communication', 'drift')")
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
    }

    private void request(int first, int last) {
        for (int number = first; number <= last; number++) {
            request(NEW + number);
        }
    }

    /** How many jobs each node has done of releases that began with the newer models. */
    private Map<String, Long> jobsOfTheNewerModels() {
        return history.createHistoricJobLogQuery().successLog().list().stream()
                .filter(job -> job.getProcessDefinitionId() != null
                        && job.getProcessDefinitionId().contains(":2:"))
                .collect(Collectors.groupingBy(HistoricJobLog::getHostname, Collectors.counting()));
    }

    private long atTheirFirstTask() {
        return tasks.createTaskQuery().taskDefinitionKey("userTask_supplyItems").count();
    }

    @Test
    @Order(3)
    void whatAKilledNodeHadBegunTheOtherFinishesFromTheLedger() throws Exception {
        ReleaseStory story = ReleaseStory.of(VERSION, VERSION, application).goesOnTo("userTask_acceptGo");
        jobs.shutdown();
        story.does("derek", "userTask_acceptGo");
        release = story.key();
        String key = stoppedInAnEffect("%" + SampleLandscape.PRODUCTION + "%");
        double before = takenOver();
        second.kill();
        long killed = System.nanoTime();
        jobs.start();

        ReleaseStory.await("the end of " + key, () -> "DONE".equals(stateOf(key)), () -> stateOf(key));
        Duration taken = Duration.ofNanos(System.nanoTime() - killed);

        assertThat(takenOver()).isGreaterThan(before);
        assertThat(taken).isLessThan(LEASE.multipliedBy(2));
        System.out.println("Killed during " + key + "; finished by the other node after " + taken.toMillis() + " ms");
        story.goesOnTo(ReleaseState.CLOSED);
        assertThat(story.release().outcome()).contains(ReleaseOutcome.SUCCESSFUL);
        assertThat(jdbc.sql("select count(*) from effect where business_key = ? and state <> 'DONE'")
                        .param(story.key())
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(nodes.dead()).extracting(Node::name).containsExactly("second");
        assertThat(alarms.open()).extracting(Alarm::kind).contains("node-dead");
        assertThat(jdbc.sql(
                                "select count(*) from notice where kind = 'operations.alarmRaised' and subject like '%Node second%'")
                        .query(Long.class)
                        .single())
                .isOne();
    }

    @Test
    @Order(4)
    void everyLineOfALogThatIsAskedForAsJsonNamesItsRelease() throws Exception {
        List<JsonNode> lines = new ArrayList<>();
        for (String line :
                second.log().lines().filter(line -> line.startsWith("{")).toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        assertThat(lines)
                .filteredOn(line -> line.path("message").asText().contains("begins under fence"))
                .isNotEmpty()
                .allSatisfy(line -> {
                    assertThat(line.path("businessKey").asText()).isEqualTo(release);
                    assertThat(line.path("@timestamp").asText()).isNotEmpty();
                });
    }

    @Test
    @Order(5)
    void releasesInFlightEndWithTheModelsOfTheirBeginningOnNodesOfEitherVersion() {
        assertThat(models(release)).containsKeys("run-release", "deploy-release", "close-release");
        assertThat(models(release).values())
                .allSatisfy(versions -> assertThat(versions).containsExactly(1));
        assertThat(models(KEY + NEW + 1).get("run-release")).containsExactly(2);
        assertThat(versionsWorkedOnBy("first")).containsExactly(1, 2);
        assertThat(versionsWorkedOnBy("second")).containsExactly(1, 2);
    }

    @Test
    @Order(6)
    void aNodeThatIsAskedToStopFinishesWhatItBeganAndLeavesNoLease() {
        ReleaseStory story = ReleaseStory.of(IN_FLIGHT, VERSION, application);
        release = story.key();
        AtomicReference<String> seen = new AtomicReference<>("");
        // A service takes its time to start, so that this lasts longer than it takes to ask.
        story.goesOnUntil("the start of a service under way", () -> {
            seen.set(begun("startService", "%"));
            return !seen.get().isEmpty();
        });
        assertThat(stateOf(seen.get())).as("what is to be finished").isEqualTo("STARTED");
        assertThat(count("node_turn")).as("turns that are to be given back").isPositive();
        long asked = System.nanoTime();
        application.stop();
        Duration taken = Duration.ofNanos(System.nanoTime() - asked);
        System.out.println("Asked to stop during " + seen.get() + "; ended after " + taken.toMillis() + " ms");

        assertThat(taken).isLessThan(Duration.ofSeconds(45));
        assertThat(stateOf(seen.get())).isEqualTo("DONE");
        assertThat(count("ACT_RU_JOB where LOCK_OWNER_ is not null")).isZero();
        // Whoever gives a task back is forgotten there; what a lease says of time depends on who reads it.
        assertThat(count("ACT_RU_EXT_TASK where WORKER_ID_ is not null")).isZero();
        assertThat(count("node_turn")).isZero();
        assertThat(nodes.all())
                .filteredOn(node -> node.name().equals("first"))
                .singleElement()
                .satisfies(node -> assertThat(node.stopped()).isTrue());
    }

    /** How often this process took an effect over from a worker whose lease was over. */
    private static double takenOver() {
        return Metrics.globalRegistry.counter("slipway.lease.takeovers").count();
    }

    private long count(String rows) {
        return jdbc.sql("select count(*) from " + rows).query(Long.class).single();
    }

    /** Which versions of which models the processes of a release followed. */
    private Map<String, Set<Integer>> models(String key) {
        String root = history.createHistoricProcessInstanceQuery()
                .processDefinitionKey("run-release")
                .processInstanceBusinessKey(key)
                .singleResult()
                .getId();
        return jdbc
                .sql("select d.KEY_, d.VERSION_ from ACT_HI_PROCINST p join ACT_RE_PROCDEF d on p.PROC_DEF_ID_ = d.ID_"
                        + " where p.ROOT_PROC_INST_ID_ = ?")
                .param(root)
                .query((row, number) -> Map.entry(row.getString(1), row.getInt(2)))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
    }

    private List<Integer> versionsWorkedOnBy(String node) {
        return jdbc.sql(
                        "select distinct d.VERSION_ from ACT_HI_JOB_LOG l join ACT_RE_PROCDEF d on l.PROCESS_DEF_ID_ = d.ID_"
                                + " where l.HOSTNAME_ = ? and l.JOB_STATE_ = 2 order by d.VERSION_")
                .param(node)
                .query(Integer.class)
                .list();
    }

    /** Lets the second node go on step by step until it stands still with an effect on production that it has begun and not ended. */
    private String stoppedInAnEffect(String target) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (System.nanoTime() < deadline) {
            if (!begun("%", target).isEmpty()) {
                second.signal("STOP");
                String key = begun("%", target);
                if (!key.isEmpty()) {
                    return key;
                }
                second.signal("CONT");
            }
            Thread.sleep(2);
        }
        throw new AssertionError("No effect on production was seen under way: " + second.log());
    }

    private String begun(String step, String target) {
        return jdbc
                .sql("select effect_key from effect where business_key = ? and state = 'STARTED' and step like ?"
                        + " and target like ?")
                .params(release, step, target)
                .query(String.class)
                .list()
                .stream()
                .findFirst()
                .orElse("");
    }

    private String stateOf(String key) {
        return jdbc.sql("select state from effect where effect_key = ?")
                .param(key)
                .query(String.class)
                .single();
    }
}
