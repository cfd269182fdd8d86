package io.slipway.agent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The agent's data directory: where each thing lies, and the lock that lets one process at a time own it. */
final class Home {

    /** The ports of both listeners; stored so that traffic finds the proxy again after a restart. */
    record Ports(int control, int proxy) {}

    private final Path root;

    Home(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    Path root() {
        return root;
    }

    Path scratch() {
        return root.resolve("tmp");
    }

    Path tokenFile() {
        return root.resolve("token");
    }

    Path instanceFile() {
        return root.resolve("instance");
    }

    Path portsFile() {
        return root.resolve("ports.json");
    }

    Path agentPid() {
        return root.resolve("agent.pid");
    }

    Path watchdogPid() {
        return root.resolve("watchdog.pid");
    }

    Path agentLock() {
        return root.resolve("agent.lock");
    }

    Path watchdogLock() {
        return root.resolve("watchdog.lock");
    }

    Path agentLog() {
        return root.resolve("agent.log");
    }

    Path watchdogLog() {
        return root.resolve("watchdog.log");
    }

    Path journal() {
        return root.resolve("journal.jsonl");
    }

    Path artifacts() {
        return root.resolve("artifacts");
    }

    Path services() {
        return root.resolve("services");
    }

    Path service(String id) {
        return services().resolve(id);
    }

    Path routes() {
        return root.resolve("routes");
    }

    Path programs() {
        return root.resolve("program");
    }

    /** The file with the highest fence seen for a scope such as {@code targets/production-1} or {@code routes/staging/shop}. */
    Path epoch(String scope) {
        return root.resolve(scope).resolve("epoch");
    }

    /** The bearer token; made at the first start. */
    String token(DurableFiles files) throws IOException {
        return readOrCreate(tokenFile(), files, () -> {
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        });
    }

    /** A random name of this data directory, by which processes started from it are recognised. */
    String instance(DurableFiles files) throws IOException {
        return readOrCreate(instanceFile(), files, () -> UUID.randomUUID().toString());
    }

    Optional<String> instance() throws IOException {
        return Files.exists(instanceFile())
                ? Optional.of(Files.readString(instanceFile()).strip())
                : Optional.empty();
    }

    Optional<Ports> ports() throws IOException {
        return DurableFiles.readJson(portsFile(), Ports.class);
    }

    private interface Maker {
        String make();
    }

    private static String readOrCreate(Path file, DurableFiles files, Maker maker) throws IOException {
        if (!Files.exists(file)) {
            files.write(file, maker.make().getBytes(StandardCharsets.UTF_8));
        }
        return Files.readString(file).strip();
    }

    /** Takes a lock that the operating system frees when the process dies, or returns nothing when another process has it. */
    static Optional<FileLock> lock(Path file) throws IOException {
        DurableFiles.createPrivateDirectories(DurableFiles.parentOf(file));
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException heldInThisProcess) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            return Optional.empty();
        }
        return Optional.of(lock);
    }

    static void release(FileLock lock) throws IOException {
        lock.acquiredBy().close();
    }

    /** The end of a log file, to explain why a process did not come up. */
    static String tail(Path file, int bytes) throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.position(Math.max(0, channel.size() - bytes));
            ByteBuffer buffer = ByteBuffer.allocate(bytes);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // read on until the buffer is full or the file ends
            }
            return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
        }
    }
}
