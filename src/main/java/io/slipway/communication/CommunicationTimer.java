package io.slipway.communication;

import io.slipway.platform.nodes.Turns;
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

/** Starts a round again and again while the program runs; of several nodes one does. */
@Component
@ConditionalOnProperty(name = "slipway.workers.enabled", havingValue = "true", matchIfMissing = true)
class CommunicationTimer implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(CommunicationTimer.class);

    private final CommunicationRound round;
    private final CommunicationSettings settings;
    private final Turns turns;
    private ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private @Nullable ScheduledFuture<?> rounds;
    private volatile boolean running;

    CommunicationTimer(CommunicationRound round, CommunicationSettings settings, Turns turns) {
        this.round = round;
        this.settings = settings;
        this.turns = turns;
    }

    @Override
    public void start() {
        timer = Executors.newSingleThreadScheduledExecutor();
        long pause = settings.pause().toMillis();
        rounds = timer.scheduleWithFixedDelay(this::round, pause, pause, TimeUnit.MILLISECONDS);
        running = true;
    }

    private void round() {
        try {
            if (turns.take("communication")) {
                round.run();
            }
        } catch (RuntimeException e) {
            LOG.error("Whose turn it is to send cannot be told; it is asked again", e);
        }
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
