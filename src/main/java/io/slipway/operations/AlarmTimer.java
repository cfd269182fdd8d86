package io.slipway.operations;

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

/** Looks for alarms again and again while the program runs; of several nodes one does. */
@Component
@ConditionalOnProperty(name = "slipway.workers.enabled", havingValue = "true", matchIfMissing = true)
class AlarmTimer implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(AlarmTimer.class);

    private final Alarms alarms;
    private final AlarmSettings settings;
    private final Turns turns;
    private ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private @Nullable ScheduledFuture<?> looks;
    private volatile boolean running;

    AlarmTimer(Alarms alarms, AlarmSettings settings, Turns turns) {
        this.alarms = alarms;
        this.settings = settings;
        this.turns = turns;
    }

    @Override
    public void start() {
        timer = Executors.newSingleThreadScheduledExecutor();
        long pause = settings.every().toMillis();
        looks = timer.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
        running = true;
    }

    private void look() {
        try {
            if (turns.take("alarms")) {
                alarms.look();
            }
        } catch (RuntimeException e) {
            LOG.error("Whether something needs operations cannot be told; it is looked for again", e);
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
                LOG.warn("The last look for alarms is still at work; the next node looks again");
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
