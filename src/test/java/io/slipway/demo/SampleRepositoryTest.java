package io.slipway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.revwalk.RevCommit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleRepositoryTest {

    @TempDir
    Path data;

    @Test
    void holdsOneCommitForEachItemAndOneTagForEachVersion() throws Exception {
        SampleRepository repository = new SampleRepository(data);

        Path directory = repository.prepare();

        assertThat(directory).isEqualTo(data.resolve("demo/repository"));
        List<String> expected = new ArrayList<>();
        SampleRelease.all()
                .forEach(release -> release.items().forEach(item -> expected.add(item.key() + " " + item.title())));
        assertThat(messages(directory, "main")).isEqualTo(expected);
        assertThat(messages(directory, "v2.3.0")).isEqualTo(expected.subList(0, 3));
        assertThat(messages(directory, "v2.4.0")).isEqualTo(expected.subList(0, 8));
        assertThat(messages(directory, "v2.5.0")).isEqualTo(expected.subList(0, 12));
        assertThat(messages(directory, "v2.6.0")).isEqualTo(expected);
    }

    @Test
    void aVersionHoldsWhatItsItemsChangedAndWhatTheOnesBeforeLeft() throws Exception {
        SampleRepository repository = new SampleRepository(data);
        repository.prepare();
        Path checkedOut = data.resolve("checked-out");

        repository.checkOut("2.4.0", checkedOut);

        assertThat(checkedOut.resolve("VERSION")).hasContent("2.4.0");
        assertThat(checkedOut.resolve("src/storefront/Pricing.java")).content().contains("PERCENT_FOR_MANY");
        assertThat(checkedOut.resolve("src/storefront/HealthPage.java")).exists();
        assertThat(checkedOut.resolve("test/storefront/VatChecks.java")).doesNotExist();
    }

    @Test
    void aSecondStartLeavesItAsItIs() throws Exception {
        new SampleRepository(data).prepare();
        Map<Path, FileTime> before = files();

        new SampleRepository(data).prepare();

        assertThat(files()).isEqualTo(before);
    }

    @Test
    void everyDemoHasTheSameCommits() throws Exception {
        SampleRepository one = new SampleRepository(data.resolve("one"));
        SampleRepository other = new SampleRepository(data.resolve("other"));
        one.prepare();
        other.prepare();

        for (String version : SampleRelease.VERSIONS) {
            assertThat(one.commitOf(version)).isEqualTo(other.commitOf(version)).hasSize(40);
        }
    }

    @Test
    void aStartThatWasCutShortIsMadeGood() throws Exception {
        Files.createDirectories(data.resolve("demo/repository.draft/objects"));

        new SampleRepository(data).prepare();

        assertThat(data.resolve("demo/repository.draft")).doesNotExist();
        assertThat(messages(data.resolve("demo/repository"), "main")).hasSize(14);
    }

    @Test
    void anotherDirectoryInItsPlaceIsRefusedAndKept() throws Exception {
        Path foreign = Files.createDirectories(data.resolve("demo/repository")).resolve("notes.txt");
        Files.writeString(foreign, "mine");

        assertThatThrownBy(() -> new SampleRepository(data).prepare())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Move the directory away");
        assertThat(foreign).hasContent("mine");
    }

    private Map<Path, FileTime> files() throws Exception {
        Map<Path, FileTime> times = new TreeMap<>();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.toList()) {
                times.put(file, Files.getLastModifiedTime(file));
            }
        }
        return times;
    }

    /** First lines of the messages up to a commit, oldest first. */
    private static List<String> messages(Path directory, String upTo) throws Exception {
        List<String> messages = new ArrayList<>();
        try (Git git = Git.open(directory.toFile())) {
            for (RevCommit commit : git.log()
                    .add(git.getRepository().resolve(upTo + "^{commit}"))
                    .call()) {
                messages.add(0, commit.getShortMessage());
            }
        }
        return messages;
    }
}
