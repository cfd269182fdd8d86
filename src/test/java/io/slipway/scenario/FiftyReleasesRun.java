package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Metrics;
import io.slipway.Capability;
import io.slipway.agent.AgentProcess;
import io.slipway.demo.SamplePeople;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.ReleaseState;
import io.slipway.release.Urgency;
import io.slipway.testing.OtherNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.history.HistoricJobLog;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Fifty releases in flight on two nodes, of which one is killed at a random moment, started again and killed again, as long as the run
 * lasts; every third time it is asked to stop instead. None is lost, and what a killed node had in hand another ends: that there was
 * something is asserted, or the kills would show nothing.
 *
 * <p>The first node is not killed: it is this very process, in which people act and which has to tell the end ({@code
 * TwoNodesScenarioTest} asks it to stop). To the database neither node is the first; both lock, lease and take over alike.
 *
 * <p>On demand: {@code mvn test -Dtest=FiftyReleasesRun}; {@code -Dslipway.run.closed=5} says how many of the releases go on to their
 * closure, one after another because they are versions of one system and each brings something, so that each is a minor version;
 * {@code -Dslipway.run.seed=1} says when the node ends.
 */
@TwoNodesApplication
@SuppressWarnings("NullAway.Init")
@Capability("10.4")
class FiftyReleasesRun {

    private static final int RELEASES = 50;
    private static final int LEAST_KILLS = 3;
    private static final int LONGEST_LIFE_MILLIS = 6_000;
    private static final String FIRST_STOP = "userTask_proposeWindow";

    @Autowired
    private ApplicationContext application;

    @Autowired
    private Environment environment;

    @Autowired
    private HistoryService history;

    @Autowired
    private ManagementService management;

    @Autowired
    private JobExecutor jobs;

    @Autowired
    private JdbcClient jdbc;

    @Value("${slipway.targets.agent.data-dir}")
    private Path agent;

    @Test
    void noneIsLost() throws Exception {
        int closed = Integer.getInteger("slipway.run.closed", RELEASES);
        SamplePeople people = application.getBean(SamplePeople.class);
        List<ReleaseStory> stories = new ArrayList<>();
        long longest = 0;
        try (Restless other = new Restless(OtherNode.start("second", environment, Map.of()))) {
            long began = System.nanoTime();
            for (int i = 1; i <= RELEASES; i++) {
                stories.add(ReleaseStory.requestedBy(
                        people.named("mara"), "4." + i + ".0", "2.4.0", Urgency.NORMAL, application));
            }
            say(RELEASES + " releases requested after " + since(began) + "; the other node ended " + other.ends());
            for (ReleaseStory story : stories) {
                long started = System.nanoTime();
                begin(story);
                longest = Math.max(longest, System.nanoTime() - started);
            }
            say(RELEASES + " releases wait for their window after " + since(began) + ", the slowest for "
                    + Duration.ofNanos(longest).toMillis() + " ms; the other node ended " + other.ends());
            assertThat(jdbc.sql("select count(*) from slipway_release where state not in ('CLOSED', 'CANCELLED')")
                            .query(Long.class)
                            .single())
                    .isEqualTo(RELEASES);
            for (int i = 0; i < closed; i++) {
                long started = System.nanoTime();
                ReleaseStory story = stories.get(i);
                story.goesOnTo(ReleaseState.CLOSED);
                say(story.key() + " closed after " + since(started) + "; the other node ended " + other.ends());
            }
            other.settle();
            for (int i = 0; i < RELEASES; i++) {
                ReleaseStory story = stories.get(i);
                if (i < closed) {
                    assertThat(story.release().outcome()).as(story.key()).contains(ReleaseOutcome.SUCCESSFUL);
                } else {
                    assertThat(story.waiting()).as(story.key()).contains(FIRST_STOP);
                }
            }
            assertThat(management.createJobQuery().noRetriesLeft().count()).isZero();
            assertThat(jdbc.sql("select count(*) from effect where state <> 'DONE'")
                            .query(Long.class)
                            .single())
                    .isZero();
            assertThat(other.kills.get()).isGreaterThanOrEqualTo(LEAST_KILLS);
            other.left.forEach(this::awaitEnd);
            long doneHere = other.left.stream()
                    .filter(job -> history.createHistoricJobLogQuery().jobId(job).successLog().list().stream()
                            .anyMatch(done -> done.getHostname().equals("first")))
                    .count();
            assertThat(doneHere + takenOver())
                    .as("what a killed node had in hand and this one ended")
                    .isPositive();
            say("None of " + RELEASES + " releases was lost in " + since(began) + ": " + closed + " closed, "
                    + (RELEASES - closed) + " wait for their window; the other node ended " + other.ends()
                    + "; effects taken over " + takenOver() + "; jobs by node "
                    + history.createHistoricJobLogQuery().successLog().listPage(0, 5000).stream()
                            .collect(Collectors.groupingBy(HistoricJobLog::getHostname, Collectors.counting())));
        } finally {
            AgentProcess.stop(agent, true);
        }
    }

    /** A job that a killed node had locked is done by another as soon as the lock is over. */
    private void awaitEnd(String job) {
        ReleaseStory.await(
                "the end of a job that a killed node had locked",
                () -> management.createJobQuery().jobId(job).count() == 0,
                () -> String.valueOf(management.createJobQuery().jobId(job).singleResult()));
    }

    private static long takenOver() {
        return (long) Metrics.globalRegistry.counter("slipway.lease.takeovers").count();
    }

    /** A node that ends whenever it likes, and another under its name after it. */
    private final class Restless implements AutoCloseable {

        private final Random random = new Random(Long.getLong("slipway.run.seed", 1));
        private final AtomicInteger kills = new AtomicInteger();
        private final AtomicInteger stops = new AtomicInteger();
        private final Set<String> left = ConcurrentHashMap.newKeySet();
        private final ExecutorService thread = Executors.newSingleThreadExecutor();
        private final Future<OtherNode> last;
        private volatile boolean over;

        Restless(OtherNode first) {
            last = thread.submit(() -> live(first));
        }

        private OtherNode live(OtherNode first) throws IOException, InterruptedException {
            OtherNode node = first;
            while (!over) {
                Thread.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
                if ((kills.get() + stops.get()) % 3 == 2) {
                    node.stop();
                    stops.incrementAndGet();
                } else {
                    node.kill();
                    left.addAll(lockedByOthers());
                    kills.incrementAndGet();
                }
                node = OtherNode.start("second", environment, Map.of());
            }
            return node;
        }

        /** Jobs that are locked by whom this process is not: by the node that died just now, as no other has started yet. */
        private List<String> lockedByOthers() {
            return jdbc.sql("select ID_ from ACT_RU_JOB where LOCK_OWNER_ is not null and LOCK_OWNER_ <> ?")
                    .param(jobs.getLockOwner())
                    .query(String.class)
                    .list();
        }

        String ends() {
            return kills + " times by kill -9 and " + stops + " times when it was asked to";
        }

        /** Lets the last one live. */
        void settle() throws ExecutionException, InterruptedException {
            over = true;
            last.get();
        }

        @Override
        public void close() {
            over = true;
            thread.shutdown();
            try {
                last.get().close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException e) {
                throw new IllegalStateException("The other node did not start again", e);
            }
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
