package io.slipway.deployment.live;

import io.slipway.release.NotFound;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.session.SessionRepository;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Pushes to everybody who watches a release that something changed. A release is looked at once however many watch it; the number of
 * connections is bounded, each hears a heartbeat, and each ends when its person may not see the release any more or has signed out.
 * They all end before the web server stops, which would wait for each of them.
 */
@Component
public class LiveStreams implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(LiveStreams.class);

    private final LiveView view;
    private final Releases releases;
    private final Permissions permissions;
    private final LiveSettings settings;
    private final Clock clock;
    private final SessionRepository<?> sessions;
    private final Map<String, Set<Watcher>> watchers = new ConcurrentHashMap<>();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "live-pages");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable ScheduledFuture<?> looking;
    private volatile boolean running;

    LiveStreams(
            LiveView view,
            Releases releases,
            Permissions permissions,
            LiveSettings settings,
            Clock clock,
            SessionRepository<?> sessions) {
        this.view = view;
        this.releases = releases;
        this.permissions = permissions;
        this.settings = settings;
        this.clock = clock;
        this.sessions = sessions;
    }

    private static final class Watcher {

        private final String person;
        private final @Nullable String session;
        private final SseEmitter emitter;
        private String told = "";
        private Instant toldAt = Instant.MIN;

        Watcher(String person, @Nullable String session, SseEmitter emitter) {
            this.person = person;
            this.session = session;
            this.emitter = emitter;
        }
    }

    /**
     * Opens a stream for a person who may see the release.
     *
     * @param session id of the session that ends the stream with itself, on whichever node it ends; null for a program that brings its
     *     credentials with each request
     * @throws NotFound when the person may not know of the release
     * @throws Refused when too many streams are open
     */
    public SseEmitter open(Release release, String person, @Nullable String session) {
        permissions.requireRead(release, person);
        SseEmitter emitter = new SseEmitter(settings.longest().toMillis());
        Watcher watcher = new Watcher(person, session, emitter);
        synchronized (this) {
            if (!running) {
                // A browser that hears the end of a stream asks again, and finds another node.
                emitter.complete();
                return emitter;
            }
            long mine = watchers.values().stream()
                    .flatMap(Set::stream)
                    .filter(other -> other.person.equals(person))
                    .count();
            long all = watchers.values().stream().mapToLong(Set::size).sum();
            if (mine >= settings.perPerson() || all >= settings.connections()) {
                throw new Refused("Too many live pages are open (" + mine + " of yours, " + all
                        + " of all); please close one and reload this.");
            }
            watchers.computeIfAbsent(release.key(), key -> ConcurrentHashMap.newKeySet())
                    .add(watcher);
            if (looking == null) {
                long pause = settings.look().toMillis();
                looking = executor.scheduleWithFixedDelay(this::look, 0, pause, TimeUnit.MILLISECONDS);
            }
        }
        Runnable gone = () -> forget(release.key(), watcher);
        emitter.onCompletion(gone);
        emitter.onTimeout(emitter::complete);
        emitter.onError(failure -> gone.run());
        return emitter;
    }

    /** Number of open streams. */
    public int open() {
        return watchers.values().stream().mapToInt(Set::size).sum();
    }

    private synchronized void forget(String key, Watcher watcher) {
        // Whoever is told to leave twice, by the stream and by the container, is gone the second time.
        watchers.computeIfPresent(key, (release, left) -> {
            left.remove(watcher);
            return left.isEmpty() ? null : left;
        });
        if (watchers.isEmpty() && looking != null) {
            looking.cancel(false);
            looking = null;
        }
    }

    private void look() {
        watchers.forEach((key, watching) -> {
            try {
                Release release = releases.find(key).orElseThrow(() -> new NotFound("release", key));
                String seen = "";
                for (Watcher watcher : watching) {
                    seen = tell(release, watcher, seen);
                }
            } catch (RuntimeException failure) {
                // The next look may succeed; whoever watches sees by the missing heartbeat that nothing is told.
                LOG.warn("The live page of {} could not be looked at", key, failure);
            }
        });
    }

    private String tell(Release release, Watcher watcher, String known) {
        if (watcher.session != null && sessions.findById(watcher.session) == null) {
            watcher.emitter.complete();
            return known;
        }
        try {
            // The right is asked for each person; the state is the same for all.
            permissions.requireRead(release, watcher.person);
            String seen = known.isEmpty() ? view.of(release, watcher.person).fingerprint() : known;
            Instant now = clock.instant();
            if (!seen.equals(watcher.told)) {
                watcher.emitter.send(SseEmitter.event().name("changed").id(seen).data(seen));
            } else if (!now.isBefore(watcher.toldAt.plus(settings.heartbeat()))) {
                watcher.emitter.send(SseEmitter.event().comment("still here"));
            } else {
                return seen;
            }
            watcher.told = seen;
            watcher.toldAt = now;
            return seen;
        } catch (NotFound notAllowedAnyMore) {
            watcher.emitter.complete();
            return known;
        } catch (IOException | IllegalStateException gone) {
            // Whoever has left is told nothing; the container ends the exchange by itself.
            forget(release.key(), watcher);
            return known;
        }
    }

    @Override
    public synchronized void start() {
        running = true;
    }

    /** Ends all streams and opens no more; without a phase of its own this comes before the web server begins to stop. */
    @Override
    public void stop() {
        synchronized (this) {
            running = false;
        }
        watchers.values().forEach(watching -> watching.forEach(watcher -> watcher.emitter.complete()));
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @PreDestroy
    void close() {
        executor.shutdown();
    }
}
