package io.slipway.integration.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.slipway.Capability;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What every builder promises. */
@Capability("3.2")
abstract class BuildSystemContract {

    static final String SYSTEM = "bookshop";
    static final String COMMIT = "c".repeat(40);
    static final BuildSystem.Order ORDER =
            new BuildSystem.Order(SYSTEM, COMMIT, Instant.parse("2026-03-01T08:00:00Z"), "bookshop-1.0.0/1");

    final Map<String, String> taken = new TreeMap<>();
    final BuildSystem.Taker taker =
            (name, content) -> taken.put(name, new String(content.readAllBytes(), StandardCharsets.UTF_8));

    /** Builds {@link #SYSTEM}: the commit makes a file {@code book.txt} with the id of the commit and prints {@code done}. */
    abstract BuildSystem good();

    /** The same, but the build ends with a failure after it printed {@code broken}. */
    abstract BuildSystem failing();

    @Test
    void givesWhatTheBuildMadeAndSaysHow() {
        BuildSystem.Build build = good().run(ORDER, taker);

        assertThat(build.succeeded()).as(build.log()).isTrue();
        assertThat(taken).containsExactly(Map.entry("book.txt", COMMIT));
        assertThat(build.log()).contains("done");
        assertThat(build.builder()).isNotBlank();
        assertThat(build.command()).isNotEmpty();
        assertThat(build.toolchain()).isNotBlank();
        assertThat(build.endedAt()).isAfterOrEqualTo(build.startedAt());
    }

    @Test
    void aFailedBuildIsAnAnswerAndGivesNothing() {
        BuildSystem.Build build = failing().run(ORDER, taker);

        assertThat(build.succeeded()).isFalse();
        assertThat(build.log()).contains("broken");
        assertThat(taken).isEmpty();
    }

    @Test
    void refusesWhatNobodySaidHowToBuild() {
        assertThat(good().builds("elsewhere")).isFalse();
        assertThat(good().builds(SYSTEM)).isTrue();
        assertThatExceptionOfType(BuildRefused.class)
                .isThrownBy(() -> good().run(new BuildSystem.Order("elsewhere", COMMIT, Instant.EPOCH, "x"), taker))
                .withMessageContaining("elsewhere");
    }
}
