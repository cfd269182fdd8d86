package io.slipway.release;

import io.slipway.platform.process.EngineAccess;
import io.slipway.release.LandscapeSettings.EnvironmentSettings;
import io.slipway.release.LandscapeSettings.SystemSettings;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.camunda.bpm.engine.ProcessEngineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;

/** Enters the systems that the installation names, before anybody can ask for a release of them. */
@Component
@EnableConfigurationProperties(LandscapeSettings.class)
class LandscapeStart implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(LandscapeStart.class);
    private static final int ATTEMPTS = 5;
    private static final long PAUSE_MILLIS = 100;

    private final LandscapeSettings settings;
    private final Landscape landscape;
    private final EngineAccess access;
    private final EnvironmentSites sites;
    private volatile boolean running;

    LandscapeStart(LandscapeSettings settings, Landscape landscape, EngineAccess access, EnvironmentSites sites) {
        this.settings = settings;
        this.landscape = landscape;
        this.access = access;
        this.sites = sites;
    }

    @Override
    public void start() {
        for (int attempt = 1; !running; attempt++) {
            try {
                access.asSystem(() -> {
                    settings.systems().forEach(this::enter);
                    return true;
                });
                running = true;
            } catch (ProcessEngineException | DataIntegrityViolationException | TransientDataAccessException e) {
                // Another node that starts at the same time may have entered the same, or hold what this one waits for;
                // the next
                // turn finds it.
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                LOG.info("The managed systems are entered once more: {}", e.getMessage());
                pause(attempt);
            }
        }
    }

    private static void pause(int attempt) {
        try {
            // Not as long as the other node pauses after the same clash.
            Thread.sleep(ThreadLocalRandom.current().nextLong(PAUSE_MILLIS, 2 * PAUSE_MILLIS) * attempt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The start was interrupted", e);
        }
    }

    private void enter(String key, SystemSettings system) {
        landscape.add(key, system.name(), system.stateful());
        List<EnvironmentSettings> environments = system.environments();
        for (int i = 0; i < environments.size(); i++) {
            EnvironmentSettings environment = environments.get(i);
            landscape.addEnvironment(
                    key, environment.key(), environment.name(), environment.tier(), i + 1, environment.instances());
            sites.describe(key, environment.key(), environment.site().site());
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the people of a demo, the web server, the job executor and the workers. */
    @Override
    public int getPhase() {
        return -1;
    }
}
