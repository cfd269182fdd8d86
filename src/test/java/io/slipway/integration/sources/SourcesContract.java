package io.slipway.integration.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.slipway.Capability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every adapter to the repositories promises. */
@Capability({"1.1", "3.2", "5.2"})
abstract class SourcesContract {

    static final String SYSTEM = "bookshop";
    static final Instant FIRST = Instant.parse("2026-03-01T08:00:00Z");

    @TempDir
    Path directory;

    /** Reads the repository of {@link #SYSTEM} and none of another system. */
    abstract Sources sources();

    /**
     * Commits files on branch {@code main}, one day after the commit before, the first at {@link #FIRST}.
     *
     * @param files the only files of the commit: bytes by path; a path that ends with {@code @} is a link to its content
     */
    abstract String commit(String author, String message, Map<String, String> files) throws IOException;

    abstract void tag(String name, String commit) throws IOException;

    @Test
    void listsTheCommitsBetweenTwoTagsNewestFirst() throws IOException {
        String first = commit("Dora", "SHOP-1 Begin\n", Map.of("a.txt", "a"));
        tag("v1.0.0", first);
        String second = commit("Ravi", "SHOP-2 Go on\n\nwith a reason\n", Map.of("a.txt", "b"));
        String third = commit("Dora", "SHOP-3 End\n", Map.of("a.txt", "c"));
        tag("v1.1.0", third);

        List<Sources.Commit> commits = sources().between(SYSTEM, "v1.0.0", "v1.1.0", 100);

        assertThat(commits)
                .containsExactly(
                        new Sources.Commit(third, "Dora", FIRST.plusSeconds(2 * 86_400), "SHOP-3 End\n"),
                        new Sources.Commit(
                                second, "Ravi", FIRST.plusSeconds(86_400), "SHOP-2 Go on\n\nwith a reason\n"));
        assertThat(commits.get(1).subject()).isEqualTo("SHOP-2 Go on");
        assertThat(sources().between(SYSTEM, "v1.0.0", "main", 1)).hasSize(1);
        assertThat(sources().between(SYSTEM, "main", "v1.0.0", 100)).isEmpty();
        assertThat(sources().history(SYSTEM, "v1.1.0", 100))
                .extracting(Sources.Commit::id)
                .containsExactly(third, second, first);
    }

    @Test
    void resolvesTagBranchAndCommit() throws IOException {
        String first = commit("Dora", "One", Map.of("a.txt", "a"));
        tag("v1.0.0", first);
        String second = commit("Dora", "Two", Map.of("a.txt", "b"));

        assertThat(sources().resolve(SYSTEM, "v1.0.0").id()).isEqualTo(first);
        assertThat(sources().resolve(SYSTEM, "main").id()).isEqualTo(second);
        assertThat(sources().resolve(SYSTEM, first).message()).isEqualTo("One");
    }

    @Test
    void readsFilesAsTheyWereAtACommit() throws IOException {
        String first = commit("Dora", "One", Map.of("deploy/run.sh", "echo 1\r\n", "deploy/sub/x", "x", "other", "o"));
        commit("Dora", "Two", Map.of("deploy/run.sh", "echo 2"));

        assertThat(sources().read(SYSTEM, first, "deploy/run.sh", 100))
                .isEqualTo("echo 1\r\n".getBytes(StandardCharsets.UTF_8));
        assertThat(sources().files(SYSTEM, first, "")).containsExactly("deploy/run.sh", "deploy/sub/x", "other");
        assertThat(sources().files(SYSTEM, first, "deploy")).containsExactly("deploy/run.sh", "deploy/sub/x");
        assertThat(sources().files(SYSTEM, first, "nothing")).isEmpty();
        refused(() -> sources().read(SYSTEM, first, "deploy/run.sh", 7), "8 bytes");
        refused(() -> sources().read(SYSTEM, first, "deploy", 100), "no file deploy");
        refused(() -> sources().read(SYSTEM, first, "missing", 100), "no file missing");
    }

    @Test
    void checksOutExactlyTheFilesOfACommit() throws IOException {
        String first = commit("Dora", "One", Map.of("src/A.java", "class A {}\r\n", "README", "r"));
        commit("Dora", "Two", Map.of("README", "later"));
        Path target = Files.createDirectory(directory.resolve("target"));

        sources().checkOut(SYSTEM, first, target);

        try (var files = Files.walk(target)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> target.relativize(file).toString()))
                    .containsExactlyInAnyOrder("src/A.java", "README");
        }
        assertThat(target.resolve("src/A.java")).hasBinaryContent("class A {}\r\n".getBytes(StandardCharsets.UTF_8));
        refused(() -> sources().checkOut(SYSTEM, first, target), "not empty");
    }

    @Test
    void followsNoLink() throws IOException {
        String commit = commit("Mallory", "Link", Map.of("secrets@", "/etc/passwd"));
        Path target = Files.createDirectory(directory.resolve("target"));

        refused(() -> sources().checkOut(SYSTEM, commit, target), "no plain file");
        refused(() -> sources().read(SYSTEM, commit, "secrets", 10_000), "no file secrets");
        assertThat(sources().files(SYSTEM, commit, "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-f",
                "--upload-pack=x",
                "main~1",
                "HEAD^",
                "a..b",
                "@{1}",
                "x y",
                "ä",
                "${7*7}",
                "a\nb",
                ":/x"
            })
    void refusesWhatIsNoRevision(String revision) throws IOException {
        commit("Dora", "One", Map.of("a", "a"));

        refused(() -> sources().resolve(SYSTEM, revision), "is no revision");
        refused(() -> sources().between(SYSTEM, revision, "main", 1), "is no revision");
        refused(() -> sources().between(SYSTEM, "main", revision, 1), "is no revision");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../a", "/a", "a/../b", "a//b", "a/", "./a", ".git/config", "a\\b", "C:/a"})
    void refusesPathsThatLeadElsewhere(String path) throws IOException {
        String commit = commit("Dora", "One", Map.of("a", "a"));

        refused(() -> sources().read(SYSTEM, commit, path, 10), "is no path");
    }

    @Test
    void refusesWhatIsNotThere() throws IOException {
        String commit = commit("Dora", "One", Map.of("a", "a"));
        String none = "0123456789012345678901234567890123456789";

        refused(() -> sources().resolve(SYSTEM, "v9"), "no tag or branch 'v9'");
        refused(() -> sources().resolve(SYSTEM, none), "no commit " + none);
        refused(() -> sources().read(SYSTEM, none, "a", 10), "no commit " + none);
        refused(() -> sources().read(SYSTEM, "main", "a", 10), "is no id of a commit");
        refused(() -> sources().resolve("elsewhere", commit), "No repository is known for elsewhere");
        assertThat(sources().has(SYSTEM)).isTrue();
        assertThat(sources().has("elsewhere")).isFalse();
    }

    static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String part) {
        assertThatExceptionOfType(SourcesRefused.class).isThrownBy(call).withMessageContaining(part);
    }
}
