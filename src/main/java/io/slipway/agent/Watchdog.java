package io.slipway.agent;

import io.slipway.agent.Agent.Options;
import io.slipway.agent.Processes.Identity;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Starts the agent as a process of its own and again whenever it ends; adopts one that already runs. Ends by a signal, or when its
 * directory was deleted: nobody could find the agent and the services then, so they end with it.
 */
final class Watchdog {

    private static final Logger LOG = System.getLogger(Watchdog.class.getName());
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration HEALTHY_LIFE = Duration.ofSeconds(10);

    private final Options options;
    private final Home home;
    /** Marks of the services; made early, because the classes may lie in the directory that is deleted. */
    private List<String> marks = List.of();

    Watchdog(Options options) {
        this.options = options;
        this.home = new Home(options.data());
    }

    void run() throws IOException, InterruptedException {
        Optional<FileLock> lock = Home.lock(home.watchdogLock());
        if (lock.isEmpty()) {
            LOG.log(Level.INFO, "A watchdog already runs on {0}", home.root());
            return;
        }
        AgentProcess.writeIdentity(home.watchdogPid(), Processes.self());
        Duration pause = SHORTEST_PAUSE;
        while (isThere()) {
            long started = System.nanoTime();
            try {
                Optional<Identity> running = AgentProcess.living(home.agentPid());
                Identity agent = running.isPresent() ? running.get() : start();
                while (agent.alive() && isThere()) {
                    Thread.sleep(100);
                }
                if (agent.alive()) {
                    Processes.stop(agent, STOP);
                }
                LOG.log(Level.WARNING, "Agent process {0} ended", Long.toString(agent.pid()));
            } catch (IOException e) {
                LOG.log(Level.ERROR, "The agent cannot be started", e);
            }
            boolean livedLong = System.nanoTime() - started > HEALTHY_LIFE.toNanos();
            pause = livedLong ? SHORTEST_PAUSE : min(pause.multipliedBy(2), LONGEST_PAUSE);
            Thread.sleep(pause.toMillis());
        }
        endServices();
    }

    /** Whether the directory is still there; notes by the way whose services run, which only the directory tells. */
    private boolean isThere() {
        try {
            marks = home.instance().map(Services::mark).map(List::of).orElse(marks);
        } catch (IOException beingDeleted) {
            LOG.log(Level.DEBUG, "The instance cannot be read", beingDeleted);
        }
        return Files.isDirectory(home.root());
    }

    private void endServices() {
        LOG.log(Level.WARNING, "{0} was deleted; agent and services end", home.root());
        if (!marks.isEmpty()) {
            for (Optional<Identity> left = Processes.find(marks); left.isPresent(); left = Processes.find(marks)) {
                Processes.stop(left.get(), STOP);
            }
        }
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private Identity start() throws IOException {
        return AgentProcess.launch(
                home,
                "-Xmx192m",
                home.agentLog(),
                List.of(
                        "--listen=" + options.listen(),
                        "--port=" + options.port(),
                        "--proxy-port=" + options.proxyPort()));
    }
}
