package io.slipway.scenario.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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
            // Mails are sent beside the way of the release; how often it comes by there is not the same each time.
            List<Integer> drawn = new ArrayList<>(random.ints(1, points + 1)
                    .filter(number -> !CrashRig.named(undisturbed.points().get(number - 1))
                            .matches("(?i).*(mail|notice).*"))
                    .distinct()
                    .limit(DEATHS)
                    .boxed()
                    .toList());
            drawn.add(drawn.get(0));
            int[] deaths = drawn.stream().sorted().mapToInt(Integer::intValue).toArray();
            CrashRig.Outcome outcome = rig.carry(undisturbed.points(), deaths);
            assertThat(outcome.points().stream().map(CrashRig::named))
                    .as("deaths")
                    .containsExactlyElementsOf(Arrays.stream(deaths)
                            .mapToObj(
                                    death -> CrashRig.named(undisturbed.points().get(death - 1)))
                            .toList());
            assertThat(outcome.trouble()).isEmpty();
            assertThat(outcome.failures()).isEmpty();
            assertThat(outcome.requests())
                    .as("requests in each life")
                    .hasSize(deaths.length + 1)
                    .allMatch(requests -> requests > 0);
            assertThat(outcome.sent()).isGreaterThan(100);
            assertThat(undisturbed.state()).isNotEmpty();
            assertThat(CrashRig.differences(undisturbed.state(), outcome.state()))
                    .isEmpty();
        }
    }
}
