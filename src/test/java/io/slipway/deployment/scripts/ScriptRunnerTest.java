package io.slipway.deployment.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real scripts. */
@Timeout(30)
@Capability("5.2")
class ScriptRunnerTest {

    private final List<String> lines = new ArrayList<>();

    private Optional<String> run(String script, Map<String, String> parameters) {
        ScriptSettings settings =
                new ScriptSettings(List.of("/bin/sh"), Duration.ofSeconds(3), Duration.ofSeconds(1), 100, 10_000);
        return new ScriptRunner(settings).run(script.getBytes(StandardCharsets.UTF_8), parameters, "input", lines::add);
    }

    @Test
    void findsItsParametersAndNothingElse() {
        assertThat(run(
                        "echo \"[$TEXT]\"; echo \"[$HOME]\"; cat; echo; pwd | tail -c 6",
                        Map.of("TEXT", "$(id); ${7*7}")))
                .isEmpty();
        assertThat(lines).containsExactly("[$(id); ${7*7}]", "[]", "input", "/work");
    }

    @Test
    void aStatusOtherThanZeroIsAFailure() {
        assertThat(run("echo working; exit 3", Map.of()))
                .hasValueSatisfying(reason -> assertThat(reason).contains("status 3"));
    }

    @Test
    void aSilentScriptHasFailed() {
        assertThat(run("exit 0", Map.of()))
                .hasValueSatisfying(reason -> assertThat(reason).contains("silent script counts as failed"));
    }

    @Test
    void whoeverIsSilentOrTakesTooLongIsEndedWithEverythingItStarted() {
        assertThat(run("echo begun; sleep 20", Map.of()))
                .hasValueSatisfying(reason -> assertThat(reason).contains("silent for PT1S"));
        assertThat(run("while true; do echo on; sleep 0.2; done", Map.of()))
                .hasValueSatisfying(reason -> assertThat(reason).contains("longer than PT3S"));
    }

    @Test
    void endlessOutputIsBounded() {
        assertThat(run("yes", Map.of()))
                .hasValueSatisfying(reason -> assertThat(reason).contains("more than 100 lines"));
        assertThat(lines).hasSize(100);
        lines.clear();
        assertThat(run("head -c 100000 /dev/zero | tr '\\0' x; echo; printf '\\033[2Jcleared\\n'", Map.of()))
                .isEmpty();
        assertThat(lines.get(0)).hasSize(2_000);
        assertThat(lines.get(1)).isEqualTo(" [2Jcleared");
    }
}
