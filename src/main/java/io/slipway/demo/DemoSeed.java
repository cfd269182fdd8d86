package io.slipway.demo;

import io.slipway.platform.process.EngineAccess;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Enters people, system and calendar at the first start, before the first request is answered. */
@Component
@Profile("demo")
class DemoSeed implements SmartLifecycle {

    private final SamplePeople people;
    private final SampleLandscape landscape;
    private final EngineAccess access;
    private volatile boolean running;

    DemoSeed(SamplePeople people, SampleLandscape landscape, EngineAccess access) {
        this.people = people;
        this.landscape = landscape;
        this.access = access;
    }

    @Override
    public void start() {
        people.open();
        String releaseManager = people.idOf(people.named("mara"));
        access.as(releaseManager, () -> {
            landscape.open(releaseManager);
            return true;
        });
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Early: the web server, the job executor and the workers start after it. */
    @Override
    public int getPhase() {
        return 0;
    }
}
