package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import io.slipway.agent.AgentProcess;
import io.slipway.demo.SamplePeople;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.ReleaseState;
import io.slipway.release.Urgency;
import io.slipway.testing.OtherNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricJobLog;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Fifty releases in flight on two nodes, of which one is killed again and again: none is lost. On demand:
 * {@code mvn test -Dtest=FiftyReleasesRun}; {@code -Dslipway.run.closed=5} says how many of them go on to their closure, one after another
 * because they are versions of one system, and {@code -Dslipway.run.seed=1} when the node is killed.
 */
@TwoNodesApplication
@SuppressWarnings("NullAway.Init")
@Capability("10.4")
class FiftyReleasesRun {

    private static final int RELEASES = 50;
    private static final int KILLS = 3;
    private static final String FIRST_STOP = "userTask_proposeWindow";

    @Autowired
    private ApplicationContext application;

    @Autowired
    private Environment environment;

    @Autowired
    private HistoryService history;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private ManagementService management;

    @Autowired
    private JdbcClient jdbc;

    @Value("${slipway.targets.agent.data-dir}")
    private Path agent;

    @Test
    void noneIsLost() throws Exception {
        Random random = new Random(Long.getLong("slipway.run.seed", 1));
        int closed = Integer.getInteger("slipway.run.closed", RELEASES);
        SamplePeople people = application.getBean(SamplePeople.class);
        OtherNode second = OtherNode.start("second", environment, Map.of());
        try {
            long began = System.nanoTime();
            List<ReleaseStory> stories = new ArrayList<>();
            for (int i = 1; i <= RELEASES; i++) {
                stories.add(ReleaseStory.requestedBy(
                        people.named("mara"), "4.0." + i, "2.4.0", Urgency.NORMAL, application));
            }
            int done = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                int until = (kill + 1) * RELEASES / KILLS;
                for (; done < until - 1; done++) {
                    begin(stories.get(done));
                }
                Thread.sleep(random.nextInt(500));
                second.kill();
                long killed = System.nanoTime();
                for (; done < until; done++) {
                    begin(stories.get(done));
                }
                say("Kill " + (kill + 1) + " with "
                        + runtime.createProcessInstanceQuery()
                                .rootProcessInstances()
                                .count()
                        + " instances in flight; the next release went on after " + since(killed));
                second = OtherNode.start("second", environment, Map.of());
            }
            say(RELEASES + " releases wait for their window after " + since(began));
            assertThat(jdbc.sql("select count(*) from slipway_release where state not in ('CLOSED', 'CANCELLED')")
                            .query(Long.class)
                            .single())
                    .isEqualTo(RELEASES);
            assertThat(management.createJobQuery().noRetriesLeft().count()).isZero();
            for (ReleaseStory story : stories) {
                assertThat(story.waiting()).as(story.key()).contains(FIRST_STOP);
            }
            for (int i = 0; i < closed; i++) {
                long started = System.nanoTime();
                ReleaseStory story = stories.get(i);
                story.goesOnTo(ReleaseState.DEPLOYING);
                if (i % 2 == 0) {
                    second.kill();
                }
                story.goesOnTo(ReleaseState.CLOSED);
                assertThat(story.release().outcome()).as(story.key()).contains(ReleaseOutcome.SUCCESSFUL);
                say(story.key() + " closed after " + since(started)
                        + (i % 2 == 0 ? "; the other node was killed while it was deployed" : ""));
                if (i % 2 == 0) {
                    second = OtherNode.start("second", environment, Map.of());
                }
            }
            assertThat(jdbc.sql("select count(*) from effect where state <> 'DONE'")
                            .query(Long.class)
                            .single())
                    .isZero();
            say("Jobs by node: "
                    + history.createHistoricJobLogQuery().successLog().listPage(0, 2000).stream()
                            .collect(Collectors.groupingBy(HistoricJobLog::getHostname, Collectors.counting())));
        } finally {
            second.close();
            AgentProcess.stop(agent, true);
        }
    }

    /** Step by step, because a story that goes on by itself may do the very task at which it is to stop. */
    private static void begin(ReleaseStory story) {
        story.does("paul", "userTask_supplyItems")
                .does("paul", "userTask_confirmScope")
                .awaited(FIRST_STOP);
    }

    private static void say(String line) {
        System.out.println(line);
    }

    private static String since(long moment) {
        return Duration.ofNanos(System.nanoTime() - moment).toMillis() + " ms";
    }
}
