package io.slipway.communication;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Starts a round again and again while the program runs. */
@Component
@ConditionalOnProperty(name = "slipway.workers.enabled", havingValue = "true", matchIfMissing = true)
class CommunicationTimer implements SmartLifecycle {

    private final CommunicationRound round;
    private final CommunicationSettings settings;
    private ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private volatile boolean running;

    CommunicationTimer(CommunicationRound round, CommunicationSettings settings) {
        this.round = round;
        this.settings = settings;
    }

    @Override
    public void start() {
        timer = Executors.newSingleThreadScheduledExecutor();
        long pause = settings.pause().toMillis();
        timer.scheduleWithFixedDelay(round::run, pause, pause, TimeUnit.MILLISECONDS);
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        timer.shutdown();
        try {
            timer.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
