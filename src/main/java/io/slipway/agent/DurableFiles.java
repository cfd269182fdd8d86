package io.slipway.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writing that leaves either the old or the new content, whenever the process or the machine dies: a temporary file on the same
 * file system is written, forced to the disk and renamed. Files are readable by their owner only.
 */
final class DurableFiles {

    private final Path scratch;

    /**
     * @param scratch directory for unfinished files on the file system of their destinations; what an earlier process left there
     *     is removed
     */
    DurableFiles(Path scratch) throws IOException {
        this.scratch = scratch;
        deleteTree(scratch);
        createPrivateDirectories(scratch);
    }

    /** A path of a file or directory that does not exist yet and that {@link #publish} moves to its place. */
    Path scratch() {
        return scratch.resolve(UUID.randomUUID().toString());
    }

    void write(Path file, byte[] content) throws IOException {
        Path unfinished = scratch();
        try (FileChannel channel = createPrivate(unfinished)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        publish(unfinished, file);
    }

    void writeJson(Path file, Object value) throws IOException {
        write(file, Json.bytes(value));
    }

    /** Moves a finished file or directory to its place, atomically, and makes the move durable. */
    void publish(Path finished, Path destination) throws IOException {
        Path directory = parentOf(destination);
        createPrivateDirectories(directory);
        Files.move(finished, destination, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceDirectory(directory);
    }

    static Path parentOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException(file + " has no directory");
        }
        return parent;
    }

    static <T> Optional<T> readJson(Path file, Class<T> type) throws IOException {
        try {
            return Optional.of(Json.MAPPER.readValue(Files.readAllBytes(file), type));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    /** Copies at most {@code limit} bytes and forces them to the disk; the count is returned, or −1 when there were more. */
    static long copyBounded(InputStream in, Path newFile, long limit) throws IOException {
        long copied = 0;
        try (FileChannel channel = createPrivate(newFile)) {
            OutputStream out = Channels.newOutputStream(channel);
            byte[] buffer = new byte[64 * 1024];
            int read;
            while ((read = in.read(buffer)) >= 0) {
                copied += read;
                if (copied > limit) {
                    return -1;
                }
                out.write(buffer, 0, read);
            }
            channel.force(true);
        }
        return copied;
    }

    static FileChannel createPrivate(Path newFile) throws IOException {
        return FileChannel.open(
                newFile,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                ownerOnly(newFile, "rw-------"));
    }

    static void createPrivateDirectories(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, ownerOnly(directory, "rwx------"));
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException notSupported) {
            // Some file systems (Windows) do not open directories; there the rename alone has to do.
            if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                throw notSupported;
            }
        }
    }

    static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
