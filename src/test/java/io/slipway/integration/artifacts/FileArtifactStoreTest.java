package io.slipway.integration.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded store keeps the contract, and looks on the disk as operations expect it. */
@SuppressWarnings("NullAway.Init")
class FileArtifactStoreTest extends ArtifactStoreContract {

    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    private Path directory;

    private ArtifactStore store;

    @BeforeEach
    void open() {
        store = opened();
    }

    @Override
    ArtifactStore store() {
        return store;
    }

    @Override
    void damage(String sha256, byte[] bytes) throws IOException {
        Files.write(file(sha256), bytes);
    }

    @Test
    void liesInTwoLevelsOfDirectoriesReadableByTheirOwnerAlone() throws IOException {
        store.put(new ByteArrayInputStream(new byte[] {'a', 'b', 'c'}), 3);

        assertThat(file(ABC)).hasBinaryContent(new byte[] {'a', 'b', 'c'});
        assumeThat(directory.getFileSystem().supportedFileAttributeViews()).contains("posix");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(ABC))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("sha256"))))
                .isEqualTo("rwx------");
    }

    @Test
    void leavesNothingUnfinishedBehind() throws IOException {
        store.put(new ByteArrayInputStream(new byte[] {'a', 'b', 'c'}), 3);
        store.put(new ByteArrayInputStream(new byte[] {'a', 'b', 'c'}), 3);
        assertThatExceptionOfType(ArtifactTooLarge.class)
                .isThrownBy(() -> store.put(new ByteArrayInputStream(new byte[4]), 3));

        assertThat(unfinished()).isEmpty();
    }

    @Test
    void anotherNodeReadsWhatThisOneKept() throws IOException {
        store.put(new ByteArrayInputStream(new byte[] {'a', 'b', 'c'}), 3);

        assertThat(opened().verify(ABC)).isEqualTo(3);
    }

    @Test
    void removesAtItsStartWhatADeadProcessLeftADayAgoAndNothingYounger() throws IOException {
        Path old = Files.writeString(directory.resolve("unfinished").resolve("old"), "x");
        Path young = Files.writeString(directory.resolve("unfinished").resolve("young"), "x");
        Files.setLastModifiedTime(old, FileTime.from(NOW.minusSeconds(86_401)));
        Files.setLastModifiedTime(young, FileTime.from(NOW.minusSeconds(86_399)));

        store = opened();

        assertThat(unfinished()).containsExactly(young);
    }

    @Test
    void saysWhichDirectoryItCannotUse() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "not a directory");

        assertThatExceptionOfType(ArtifactUnavailable.class)
                .isThrownBy(() -> new FileArtifactStore(file, Clock.systemUTC()))
                .withMessageContaining(file.toString());
    }

    private ArtifactStore opened() {
        return new FileArtifactStore(directory, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private Path file(String sha256) {
        return directory
                .resolve("sha256")
                .resolve(sha256.substring(0, 2))
                .resolve(sha256.substring(2, 4))
                .resolve(sha256);
    }

    private List<Path> unfinished() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("unfinished"))) {
            return files.toList();
        }
    }
}
