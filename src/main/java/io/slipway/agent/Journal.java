package io.slipway.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every applied effect, once, one JSON line each, forced to the disk before the effect is answered. A line that the process did
 * not finish writing (the last one only) is cut off when the journal is opened; any other unreadable line stops the start.
 */
final class Journal implements Closeable {

    /**
     * One applied effect.
     *
     * @param number position in the journal, from 1
     * @param time when it was applied
     * @param key the caller's idempotency key
     * @param fence the fence it was applied under
     * @param operation what was done
     * @param subject to what: a service, a route or an artifact
     * @param request digest of the request, key and fence left out
     * @param answer what was answered, and is answered again to the same key
     */
    record Effect(
            long number,
            Instant time,
            String key,
            long fence,
            Operation operation,
            String subject,
            String request,
            JsonNode answer) {}

    /** The changes that the agent offers. */
    enum Operation {
        STORE_ARTIFACT,
        START_SERVICE,
        STOP_SERVICE,
        SWITCH_ROUTE,
        REMOVE_ROUTE
    }

    private final FileChannel channel;
    private final ConcurrentHashMap<String, Effect> byKey = new ConcurrentHashMap<>();
    private long last;
    private boolean broken;

    Journal(Path file) throws IOException {
        DurableFiles.createPrivateDirectories(DurableFiles.parentOf(file));
        if (!Files.exists(file)) {
            DurableFiles.createPrivate(file).close();
        }
        long readable = read(Files.readAllBytes(file));
        channel = FileChannel.open(file, StandardOpenOption.WRITE);
        if (channel.size() > readable) {
            channel.truncate(readable);
            channel.force(true);
        }
        channel.position(readable);
    }

    /** Reads all complete lines and returns the length of the part that stays. */
    private long read(byte[] content) throws IOException {
        int start = 0;
        while (start < content.length) {
            int end = start;
            while (end < content.length && content[end] != '\n') {
                end++;
            }
            if (end == content.length) {
                return start;
            }
            Effect effect;
            try {
                effect = Json.MAPPER.readValue(Arrays.copyOfRange(content, start, end), Effect.class);
            } catch (JsonProcessingException unreadable) {
                if (end == content.length - 1) {
                    return start;
                }
                throw new IOException(
                        "The journal cannot be read after effect " + last
                                + ": restore it from a backup, or move it away and check every service and route by hand",
                        unreadable);
            }
            last = effect.number();
            byKey.put(effect.key(), effect);
            start = end + 1;
        }
        return start;
    }

    Optional<Effect> find(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** Appends an effect; an already journalled key is left as it is. */
    synchronized Effect append(
            String key, long fence, Operation operation, String subject, String request, JsonNode answer)
            throws IOException {
        Effect known = byKey.get(key);
        if (known != null) {
            return known;
        }
        if (broken) {
            throw new IOException("The journal could not be written before; restart the agent to read it again");
        }
        Effect effect = new Effect(last + 1, Instant.now(), key, fence, operation, subject, request, answer);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.writeBytes(Json.bytes(effect));
        line.write('\n');
        ByteBuffer buffer = ByteBuffer.wrap(line.toByteArray());
        // After a failed write the file may end in half a line, to which nothing may be appended.
        broken = true;
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        channel.force(false);
        broken = false;
        last = effect.number();
        byKey.put(key, effect);
        return effect;
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }
}
