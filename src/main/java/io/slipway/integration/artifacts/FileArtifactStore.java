package io.slipway.integration.artifacts;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded artifact store: a directory that all nodes share, {@code sha256/ab/cd/abcd…}.
 *
 * <p>A file is written under a name of its own, forced to the disk, and renamed: whenever a process or the machine dies, a digest
 * has its whole file or none. Two nodes that keep the same bytes at once rename equal files onto each other.
 */
final class FileArtifactStore implements ArtifactStore {

    private static final Logger LOG = LoggerFactory.getLogger(FileArtifactStore.class);
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final int BUFFER = 64 * 1024;

    /** What a dead process left unfinished is removed when it is older than any upload could take. */
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final Path files;
    private final Path unfinished;

    FileArtifactStore(Path directory, Clock clock) {
        this.files = directory.resolve("sha256");
        this.unfinished = directory.resolve("unfinished");
        try {
            createDirectories(files);
            createDirectories(unfinished);
            removeAbandoned(clock.instant().minus(ABANDONED));
        } catch (IOException e) {
            throw new ArtifactUnavailable("Opening the artifact store " + directory, e);
        }
    }

    @Override
    public StoredArtifact put(InputStream content, long limit) throws IOException {
        Path fresh = unfinished.resolve(UUID.randomUUID().toString());
        try {
            StoredArtifact stored = write(content, limit, fresh);
            keep(fresh, stored.sha256());
            return stored;
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    @Override
    public InputStream open(String sha256) {
        Path file = fileOf(sha256);
        try {
            return new Verifying(Files.newInputStream(file), sha256);
        } catch (NoSuchFileException e) {
            throw new ArtifactMissing(sha256);
        } catch (IOException e) {
            throw new ArtifactUnavailable("Opening " + file, e);
        }
    }

    @Override
    public long verify(String sha256) {
        try (InputStream in = open(sha256)) {
            return in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new ArtifactUnavailable("Reading " + fileOf(sha256), e);
        }
    }

    @Override
    public long size(String sha256) {
        Path file = fileOf(sha256);
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            throw new ArtifactMissing(sha256);
        } catch (IOException e) {
            throw new ArtifactUnavailable("Looking at " + file, e);
        }
    }

    @Override
    public boolean exists(String sha256) {
        try {
            size(sha256);
            return true;
        } catch (ArtifactMissing e) {
            return false;
        }
    }

    private StoredArtifact write(InputStream content, long limit, Path fresh) throws IOException {
        MessageDigest sha256 = sha256();
        long size = 0;
        try (FileChannel channel = created(fresh)) {
            byte[] buffer = new byte[BUFFER];
            int read;
            while ((read = content.read(buffer)) >= 0) {
                size += read;
                if (size > limit) {
                    throw new ArtifactTooLarge(limit);
                }
                sha256.update(buffer, 0, read);
                append(channel, buffer, read, fresh);
            }
            force(channel, fresh);
        }
        return new StoredArtifact(HexFormat.of().formatHex(sha256.digest()), size);
    }

    /** Moves a finished file to its digest, unless the same bytes lie there; damaged bytes under the digest are replaced. */
    private void keep(Path fresh, String sha256) {
        Path file = fileOf(sha256);
        try {
            if (intact(sha256)) {
                return;
            }
            createDirectories(parentOf(file));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceDirectory(parentOf(file));
        } catch (IOException e) {
            throw new ArtifactUnavailable("Keeping " + file, e);
        }
    }

    private boolean intact(String sha256) {
        try {
            verify(sha256);
            return true;
        } catch (ArtifactMissing e) {
            return false;
        } catch (ArtifactCorrupt e) {
            LOG.warn("{} The same file was handed in again and replaces it.", e.getMessage());
            return false;
        }
    }

    private Path fileOf(String sha256) {
        if (!DIGEST.matcher(sha256).matches()) {
            throw new IllegalArgumentException(
                    "A SHA-256 has 64 lower-case hexadecimal digits; this is none: " + sha256);
        }
        return files.resolve(sha256.substring(0, 2))
                .resolve(sha256.substring(2, 4))
                .resolve(sha256);
    }

    private void removeAbandoned(Instant before) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(unfinished)) {
            for (Path file : left) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static void append(FileChannel channel, byte[] bytes, int length, Path file) {
        try {
            Channels.newOutputStream(channel).write(bytes, 0, length);
        } catch (IOException e) {
            throw new ArtifactUnavailable("Writing " + file, e);
        }
    }

    private static void force(FileChannel channel, Path file) {
        try {
            channel.force(true);
        } catch (IOException e) {
            throw new ArtifactUnavailable("Forcing " + file + " to the disk", e);
        }
    }

    private static FileChannel created(Path file) {
        try {
            return FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    ownerOnly(file, "rw-------"));
        } catch (IOException e) {
            throw new ArtifactUnavailable("Creating " + file, e);
        }
    }

    /** Creates what is missing of a path and makes each new entry durable in its parent. */
    private static void createDirectories(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = parentOf(directory);
        createDirectories(parent);
        Files.createDirectories(directory, ownerOnly(directory, "rwx------"));
        forceDirectory(parent);
    }

    private static void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows opens no directories; there the rename alone has to do.
            if (posix(directory)) {
                throw e;
            }
        }
    }

    private static Path parentOf(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException(path + " lies in no directory");
        }
        return parent;
    }

    private static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
        return posix(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Hashes what it gives out and compares at the end; skipped bytes are read, so that none escapes. */
    private static final class Verifying extends FilterInputStream {

        private final String expected;
        private final MessageDigest sha256 = sha256();
        private @Nullable String actual;

        Verifying(InputStream in, String expected) {
            super(in);
            this.expected = expected;
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            if (read < 0) {
                compare();
            } else {
                sha256.update((byte) read);
            }
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            if (read < 0) {
                compare();
            } else {
                sha256.update(buffer, offset, read);
            }
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            byte[] buffer = new byte[BUFFER];
            long skipped = 0;
            while (skipped < count) {
                int read = read(buffer, 0, (int) Math.min(buffer.length, count - skipped));
                if (read < 0) {
                    break;
                }
                skipped += read;
            }
            return skipped;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        private void compare() {
            if (actual == null) {
                actual = HexFormat.of().formatHex(sha256.digest());
            }
            if (!actual.equals(expected)) {
                throw new ArtifactCorrupt(expected, actual);
            }
        }
    }
}
