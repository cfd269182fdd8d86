package io.slipway.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.agent.Journal.Operation;
import io.slipway.agent.Refusal.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets every change happen once and only under the newest fence.
 *
 * <p>The same key gets the same answer, another request under it is refused. Per scope (a target or a route) the highest fence is
 * kept in a file; a change under a lower one is refused, because its sender has lost its lease without noticing. Changes of one
 * scope run one after another, so that no change admitted under an old fence ends after one under a newer fence began.
 */
final class Effects {

    /**
     * A wanted change.
     *
     * @param scope what the fence guards, e.g. {@code targets/production-1}
     * @param request digest of the request without key and fence
     */
    record Change(String key, long fence, String scope, Operation operation, String subject, String request) {}

    /** Does the change and returns what is answered. */
    interface Action {
        JsonNode apply() throws IOException;
    }

    private final Home home;
    private final DurableFiles files;
    private final Journal journal;
    private final ConcurrentHashMap<String, ReentrantLock> scopes = new ConcurrentHashMap<>();
    private final Set<String> inProgress = ConcurrentHashMap.newKeySet();

    Effects(Home home, DurableFiles files, Journal journal) {
        this.home = home;
        this.files = files;
        this.journal = journal;
    }

    JsonNode apply(Change change, Action action) throws IOException {
        Optional<JsonNode> done = replay(change);
        if (done.isPresent()) {
            return done.get();
        }
        if (!inProgress.add(change.key())) {
            throw new Refusal(Kind.IN_PROGRESS, "The change under key " + change.key() + " is being worked on");
        }
        try {
            ReentrantLock lock = scopes.computeIfAbsent(change.scope(), scope -> new ReentrantLock());
            lock.lock();
            try {
                Optional<JsonNode> doneMeanwhile = replay(change);
                if (doneMeanwhile.isPresent()) {
                    return doneMeanwhile.get();
                }
                admit(change.scope(), change.fence());
                JsonNode answer = action.apply();
                return journal.append(
                                change.key(),
                                change.fence(),
                                change.operation(),
                                change.subject(),
                                change.request(),
                                answer)
                        .answer();
            } finally {
                lock.unlock();
            }
        } finally {
            inProgress.remove(change.key());
        }
    }

    /** Refuses changes of a scope under an older fence from now on; those that were admitted before have ended when it returns. */
    long bar(String scope, long fence) throws IOException {
        ReentrantLock lock = scopes.computeIfAbsent(scope, name -> new ReentrantLock());
        lock.lock();
        try {
            raise(scope, fence);
            return highest(scope);
        } finally {
            lock.unlock();
        }
    }

    /** Journals a change that an earlier agent did but did not come to journal; one that is there already stays as it is. */
    void complete(Change change, JsonNode answer) throws IOException {
        journal.append(change.key(), change.fence(), change.operation(), change.subject(), change.request(), answer);
    }

    /** What the journal knows of a key. */
    Optional<Journal.Effect> find(String key) {
        return journal.find(key);
    }

    private Optional<JsonNode> replay(Change change) throws IOException {
        Optional<Journal.Effect> known = journal.find(change.key());
        if (known.isEmpty()) {
            return Optional.empty();
        }
        Journal.Effect effect = known.get();
        if (!effect.request().equals(change.request())
                || effect.operation() != change.operation()
                || !effect.subject().equals(change.subject())) {
            throw new Refusal(
                    Kind.KEY_REUSED,
                    "Key " + change.key() + " belongs to " + effect.operation() + " " + effect.subject()
                            + " with other content");
        }
        raise(change.scope(), change.fence());
        return Optional.of(effect.answer());
    }

    private synchronized void admit(String scope, long fence) throws IOException {
        long highest = highest(scope);
        if (fence < highest) {
            throw new Refusal(
                    Kind.STALE_FENCE, "Fence " + fence + " is older than " + highest + ", already seen for " + scope);
        }
        raise(scope, fence);
    }

    private synchronized void raise(String scope, long fence) throws IOException {
        if (fence > highest(scope)) {
            files.write(home.epoch(scope), Long.toString(fence).getBytes(StandardCharsets.US_ASCII));
        }
    }

    private long highest(String scope) throws IOException {
        Path file = home.epoch(scope);
        return Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : 0;
    }
}
