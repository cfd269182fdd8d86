package io.slipway.agent;

import io.slipway.agent.Agent.Options;
import io.slipway.agent.Processes.Identity;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileLock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Starts the agent as a process of its own and again whenever it ends; adopts one that already runs. Ends only by a signal. */
final class Watchdog {

    private static final Logger LOG = System.getLogger(Watchdog.class.getName());
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration HEALTHY_LIFE = Duration.ofSeconds(10);

    private final Options options;
    private final Home home;

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
        while (true) {
            long started = System.nanoTime();
            try {
                Optional<Identity> running = AgentProcess.living(home.agentPid());
                Identity agent = running.isPresent() ? running.get() : start();
                while (agent.alive()) {
                    Thread.sleep(100);
                }
                LOG.log(Level.WARNING, "Agent process {0} ended", Long.toString(agent.pid()));
            } catch (IOException e) {
                LOG.log(Level.ERROR, "The agent cannot be started", e);
            }
            boolean livedLong = System.nanoTime() - started > HEALTHY_LIFE.toNanos();
            pause = livedLong ? SHORTEST_PAUSE : min(pause.multipliedBy(2), LONGEST_PAUSE);
            Thread.sleep(pause.toMillis());
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
                List.of("--port=" + options.port(), "--proxy-port=" + options.proxyPort()));
    }
}
