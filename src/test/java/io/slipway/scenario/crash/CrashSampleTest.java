package io.slipway.scenario.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Five of the crash points, one after the other in the life of one release, and one of them twice in a row; {@link CrashPointsRun} tries
 * each of them.
 */
@Capability({"5.5", "5.6"})
class CrashSampleTest {

    private static final int DEATHS = 5;
    private static final long SEED = 7;

    @Test
    void aReleaseEndsTheSameHoweverOftenTheProgramDies() throws Exception {
        Path program = CrashRig.pack(Path.of("target/crash/sample-program"));
        try (CrashRig rig = new CrashRig(program, Path.of("target/crash/sample"))) {
            rig.prepare();
            rig.restore();
            assertThat(rig.agentDies())
                    .as("production answers after the agent's death")
                    .isLessThan(Duration.ofSeconds(10));
            CrashRig.Outcome undisturbed = rig.undisturbed();
            int points = undisturbed.points().size();
            assertThat(points).isGreaterThan(100);
            Random random = new Random(SEED);
            // Each life begins to count anew and has about as much before it as the last one left.
            List<Integer> deaths = random.ints(DEATHS, 1, points / (DEATHS + 1) * 2)
                    .boxed()
                    .collect(Collectors.toCollection(ArrayList::new));
            int repeated = random.nextInt(DEATHS);
            deaths.add(repeated + 1, CrashRig.AGAIN);
            CrashRig.Outcome outcome =
                    rig.carry(deaths.stream().mapToInt(Integer::intValue).toArray());
            assertThat(outcome.points()).as("deaths at " + deaths).hasSize(DEATHS + 1);
            assertThat(named(outcome.points().get(repeated + 1)))
                    .as("the point that it dies at twice")
                    .isEqualTo(named(outcome.points().get(repeated)));
            assertThat(outcome.points()).noneMatch(point -> point.contains("not reached"));
            assertThat(outcome.trouble()).isEmpty();
            assertThat(outcome.failures()).isEmpty();
            assertThat(outcome.requests()).isGreaterThan(100);
            assertThat(undisturbed.state()).isNotEmpty();
            assertThat(CrashRig.differences(undisturbed.state(), outcome.state()))
                    .isEmpty();
        }
    }

    private static String named(String point) {
        return point.substring(point.indexOf(' ') + 1);
    }
}
