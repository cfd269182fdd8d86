package io.slipway.integration.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.slipway.integration.sources.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** The scripts of these tests need a shell as the program that is started; the builder itself uses none. */
@DisabledOnOs(OS.WINDOWS)
class LocalBuildsTest extends BuildSystemContract {

    @TempDir
    Path directory;

    @Override
    BuildSystem good() {
        return builder("mkdir target; printf %s \"$1\" > target/book.txt; echo done");
    }

    @Override
    BuildSystem failing() {
        return builder("mkdir target; echo x > target/book.txt; echo broken; exit 3");
    }

    private LocalBuilds builder(String script) {
        return builder(script, Duration.ofSeconds(20), DataSize.ofKilobytes(10));
    }

    private LocalBuilds builder(String script, Duration timeout, DataSize log) {
        Sources sources = mock(Sources.class);
        when(sources.has(SYSTEM)).thenReturn(true);
        doAnswer(call -> Files.writeString(call.<Path>getArgument(2).resolve("build.sh"), script))
                .when(sources)
                .checkOut(eq(SYSTEM), eq(COMMIT), any());
        LocalBuildsConfiguration.Recipe recipe = new LocalBuildsConfiguration.Recipe(
                List.of("sh", "build.sh", "{commit}"), List.of("sh", "-c", "echo tool 1.2"), "target", "/usr/bin:/bin");
        return new LocalBuilds(
                new LocalBuildsConfiguration.Settings(
                        directory.resolve("builds"), timeout, log, DataSize.ofKilobytes(10), Map.of(SYSTEM, recipe)),
                sources,
                Clock.systemUTC());
    }

    @Test
    void theBuildSeesNothingOfOurEnvironment() {
        LocalBuilds builds = builder("mkdir target; env | cut -d= -f1 | sort > target/names; echo $TZ $LC_ALL");

        BuildSystem.Build build = builds.run(ORDER, taker);

        assertThat(taken.getOrDefault("names", "").lines())
                .containsAll(List.of("HOME", "LC_ALL", "PATH", "SOURCE_DATE_EPOCH", "TZ"))
                .isSubsetOf("HOME", "LC_ALL", "PATH", "SOURCE_DATE_EPOCH", "TZ", "PWD", "OLDPWD", "SHLVL", "_");
        assertThat(build.log()).contains("UTC C");
        assertThat(build.inputs()).containsEntry("SOURCE_DATE_EPOCH", "1772352000");
        assertThat(build.toolchain()).isEqualTo("tool 1.2");
    }

    @Test
    void endsABuildThatTakesTooLongOrPrintsTooMuch() {
        BuildSystem.Build slow = builder("sleep 60", Duration.ofMillis(300), DataSize.ofKilobytes(10))
                .run(ORDER, taker);
        BuildSystem.Build loud =
                builder("yes", Duration.ofSeconds(20), DataSize.ofBytes(1_000)).run(ORDER, taker);

        assertThat(slow.succeeded()).isFalse();
        assertThat(slow.log()).contains("took more than");
        assertThat(loud.succeeded()).isFalse();
        assertThat(loud.log()).contains("printed more than 1000 bytes").hasSizeLessThan(1_200);
    }

    @Test
    void takesNoLinkAndNoMoreThanAllowed() {
        assertThat(builder("mkdir target; ln -s /etc/passwd target/x")
                        .run(ORDER, taker)
                        .log())
                .contains("0 files");
        assertThat(builder("ln -s /etc target").run(ORDER, taker).log()).contains("made no folder");
        assertThat(builder("mkdir target; head -c 20000 /dev/zero > target/x")
                        .run(ORDER, taker)
                        .log())
                .contains("at most");
        assertThat(taken).isEmpty();
    }

    @Test
    void leavesNothingBehind() throws IOException {
        good().run(ORDER, taker);
        failing().run(ORDER, taker);

        try (var left = Files.list(directory.resolve("builds"))) {
            assertThat(left).isEmpty();
        }
    }
}
