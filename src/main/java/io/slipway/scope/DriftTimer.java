package io.slipway.scope;

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

/** Looks up again and again what drift is due while the program runs; of several nodes one does. */
@Component
@ConditionalOnProperty(name = "slipway.workers.enabled", havingValue = "true", matchIfMissing = true)
class DriftTimer implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(DriftTimer.class);

    private final DriftBook book;
    private final DriftSettings settings;
    private final Turns turns;
    private ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private @Nullable ScheduledFuture<?> looks;
    private volatile boolean running;

    DriftTimer(DriftBook book, DriftSettings settings, Turns turns) {
        this.book = book;
        this.settings = settings;
        this.turns = turns;
    }

    @Override
    public void start() {
        timer = Executors.newSingleThreadScheduledExecutor();
        long pause = settings.pause().toMillis();
        looks = timer.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
        running = true;
    }

    private void look() {
        try {
            if (turns.take("drift")) {
                book.lookUpDue();
            }
        } catch (RuntimeException e) {
            LOG.error("What drift is due cannot be told; it is asked again", e);
        }
    }

    @Override
    public void stop() {
        running = false;
        if (looks != null) {
            looks.cancel(false);
        }
        timer.shutdown();
        try {
            if (!timer.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("The last look is still at work; what it does not finish is done at the next start");
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
