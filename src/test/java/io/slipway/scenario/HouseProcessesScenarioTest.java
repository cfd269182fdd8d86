package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import io.slipway.governance.adherence.AdherenceReviews;
import io.slipway.packaging.versions.Drift;
import io.slipway.platform.process.EngineAccess;
import io.slipway.release.SideProcesses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What runs for the whole house runs exactly once, however many start it at the same moment. */
@GuardedApplication
@Tag("database")
@SuppressWarnings("NullAway.Init")
class HouseProcessesScenarioTest {

    private static final int STARTERS = 2;

    @Autowired
    private SideProcesses sides;

    @Autowired
    private AdherenceReviews reviews;

    @Autowired
    private Drift drift;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private EngineAccess access;

    @Test
    @Capability({"8.5", "3.3"})
    void twoThatStartAtTheSameMomentStartOne() throws Exception {
        for (int round = 0; round < 5; round++) {
            String key = "house-" + System.nanoTime();
            assertThat(together(() -> sides.keepRunning(key, "review-adherence", Map.of())))
                    .containsExactlyInAnyOrder(true, false);
            assertThat(running(key)).isEqualTo(1);
            assertThat(sides.keepRunning(key, "review-adherence", Map.of())).isFalse();
        }

        together(() -> {
            reviews.begin();
            drift.begin();
            return true;
        });
        assertThat(running("adherence")).as("begun by itself").isEqualTo(1);
        assertThat(running(Drift.WATCH)).as("begun by itself").isEqualTo(1);
    }

    private long running(String key) {
        return access.asSystem(() -> runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(key)
                .count());
    }

    private static List<Boolean> together(Callable<Boolean> starter) throws Exception {
        ExecutorService nodes = Executors.newFixedThreadPool(STARTERS);
        try {
            CyclicBarrier barrier = new CyclicBarrier(STARTERS);
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int node = 0; node < STARTERS; node++) {
                answers.add(nodes.submit(() -> {
                    barrier.await();
                    return starter.call();
                }));
            }
            List<Boolean> started = new ArrayList<>();
            for (Future<Boolean> answer : answers) {
                started.add(answer.get());
            }
            return started;
        } finally {
            nodes.shutdownNow();
        }
    }
}
