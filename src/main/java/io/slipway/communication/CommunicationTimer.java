package io.slipway.communication;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Starts a round again and again while the program runs. */
@Component
@ConditionalOnProperty(name = "slipway.workers.enabled", havingValue = "true", matchIfMissing = true)
class CommunicationTimer implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(CommunicationTimer.class);

    private final CommunicationRound round;
    private final CommunicationSettings settings;
    private ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private @Nullable ScheduledFuture<?> rounds;
    private volatile boolean running;

    CommunicationTimer(CommunicationRound round, CommunicationSettings settings) {
        this.round = round;
        this.settings = settings;
    }

    @Override
    public void start() {
        timer = Executors.newSingleThreadScheduledExecutor();
        long pause = settings.pause().toMillis();
        rounds = timer.scheduleWithFixedDelay(round::run, pause, pause, TimeUnit.MILLISECONDS);
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        if (rounds != null) {
            rounds.cancel(false);
        }
        timer.shutdown();
        try {
            if (!timer.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("The last round is still at work; what it does not finish is done at the next start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
