package io.slipway.scenario.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Five of the crash points, one after the other in the life of one release; {@link CrashPointsRun} tries each of them. */
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
            int[] deaths = random.ints(DEATHS, 1, points / (DEATHS + 1) * 2)
                    .limit(DEATHS)
                    .toArray();
            CrashRig.Outcome outcome = rig.carry(deaths);
            assertThat(outcome.points())
                    .as("deaths at " + Arrays.toString(deaths))
                    .hasSize(DEATHS);
            assertThat(outcome.points()).noneMatch(point -> point.contains("not reached"));
            assertThat(outcome.trouble()).isEmpty();
            assertThat(outcome.failures()).isEmpty();
            assertThat(outcome.requests()).isGreaterThan(100);
            assertThat(undisturbed.state()).isNotEmpty();
            assertThat(CrashRig.differences(undisturbed.state(), outcome.state()))
                    .isEmpty();
        }
    }
}
