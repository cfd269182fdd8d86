package io.slipway.platform.nodes;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Gives signs of life from before the first work until after the last. */
@Component
class Heartbeat implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final Nodes nodes;
    private final NodeSettings settings;
    private ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private @Nullable ScheduledFuture<?> beats;
    private volatile boolean running;

    Heartbeat(Nodes nodes, NodeSettings settings) {
        this.nodes = nodes;
        this.settings = settings;
    }

    @Override
    public void start() {
        nodes.begin();
        timer = Executors.newSingleThreadScheduledExecutor();
        long pause = settings.heartbeat().toMillis();
        beats = timer.scheduleWithFixedDelay(this::beat, pause, pause, TimeUnit.MILLISECONDS);
        running = true;
    }

    private void beat() {
        try {
            nodes.beat();
        } catch (RuntimeException e) {
            // The timer would stop for good; the next beat tells that this node is still here.
            LOG.warn("No sign of life could be given", e);
        }
    }

    @Override
    public void stop() {
        running = false;
        if (beats != null) {
            beats.cancel(false);
        }
        timer.shutdown();
        try {
            if (!timer.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("The last sign of life is still under way");
            }
            nodes.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("It could not be said that this node stops; others will take it for dead", e);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** First to start and last to stop: whoever works is known to live. */
    @Override
    public int getPhase() {
        return -100;
    }
}
