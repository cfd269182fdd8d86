package io.slipway.platform.process;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.externaltask.ExternalTaskQueryBuilder;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Takes external tasks of the topics that this program works on, holds their leases while the work lasts, and reports the outcome.
 *
 * <p>It calls the engine as {@link EngineAccess#WORKER}, the only principal whose completions the engine accepts.
 */
@Component
@ConditionalOnProperty(name = "slipway.workers.enabled", havingValue = "true", matchIfMissing = true)
class ExternalWorkers implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ExternalWorkers.class);

    private final ExternalTaskService tasks;
    private final EngineAccess access;
    private final List<ExternalWork> works;
    private final Duration lease;
    private final Duration pause;
    private final List<Duration> retries;
    private final Duration finish;
    private final String worker = EngineAccess.WORKER + "-" + UUID.randomUUID();
    private ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private ExecutorService hands = Executors.newFixedThreadPool(1);
    private @Nullable ScheduledFuture<?> fetching;
    private volatile boolean running;

    ExternalWorkers(
            ExternalTaskService tasks,
            EngineAccess access,
            List<ExternalWork> works,
            @Value("${slipway.workers.lease:PT60S}") Duration lease,
            @Value("${slipway.workers.pause:PT0.5S}") Duration pause,
            @Value("${slipway.workers.retries:PT30S,PT2M,PT10M}") List<Duration> retries,
            @Value("${slipway.workers.finish-within:PT20S}") Duration finish) {
        this.tasks = tasks;
        this.access = access;
        this.works = List.copyOf(works);
        this.lease = lease;
        this.pause = pause;
        this.retries = List.copyOf(retries);
        this.finish = finish;
    }

    @Override
    public void start() {
        timer = Executors.newScheduledThreadPool(2);
        hands = Executors.newFixedThreadPool(4);
        running = true;
        fetching = timer.scheduleWithFixedDelay(this::fetch, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Takes nothing more, gives back what was not begun, and lets the rest end for a bounded time while its leases are held. */
    @Override
    public void stop() {
        running = false;
        if (fetching != null) {
            fetching.cancel(false);
        }
        hands.shutdown();
        try {
            if (!hands.awaitTermination(finish.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Work is still under way after {}; its leases run out by themselves", finish);
                hands.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        timer.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void fetch() {
        try {
            ExternalTaskQueryBuilder query = tasks.fetchAndLock(4, worker);
            for (ExternalWork work : works) {
                query.topic(work.topic(), lease.toMillis()).includeExtensionProperties();
            }
            List<LockedExternalTask> locked = access.as(EngineAccess.WORKER, query::execute);
            locked.forEach(this::hand);
        } catch (RuntimeException e) {
            // The timer would stop for good; the next turn asks again.
            LOG.warn("External tasks could not be fetched", e);
        }
    }

    private void hand(LockedExternalTask task) {
        try {
            hands.execute(() -> work(task));
        } catch (RejectedExecutionException stopping) {
            giveBack(task);
        }
    }

    private void giveBack(LockedExternalTask task) {
        asWorker(() -> tasks.unlock(task.getId()));
    }

    private void work(LockedExternalTask task) {
        if (!running) {
            giveBack(task);
            return;
        }
        BusinessKeyLogging.Told told = BusinessKeyLogging.tell(task.getBusinessKey());
        try {
            worked(task);
        } finally {
            told.close();
        }
    }

    private void worked(LockedExternalTask task) {
        ScheduledFuture<?> heartbeat = timer.scheduleAtFixedRate(
                () -> asWorker(() -> tasks.extendLock(task.getId(), worker, lease.toMillis())),
                lease.toMillis() / 3,
                lease.toMillis() / 3,
                TimeUnit.MILLISECONDS);
        try {
            ExternalWork work = works.stream()
                    .filter(candidate -> candidate.topic().equals(task.getTopicName()))
                    .findFirst()
                    .orElseThrow();
            work.perform(task);
            asWorker(() -> tasks.complete(task.getId(), worker));
        } catch (ExternalWork.WorkRefused refused) {
            asWorker(() -> tasks.handleBpmnError(task.getId(), worker, refused.errorCode(), refused.getMessage()));
        } catch (RuntimeException e) {
            fail(task, e);
        } finally {
            heartbeat.cancel(false);
        }
    }

    private void fail(LockedExternalTask task, RuntimeException e) {
        int left = task.getRetries() == null ? retries.size() : task.getRetries() - 1;
        Duration wait = left > 0 ? retries.get(Math.max(0, retries.size() - left)) : Duration.ZERO;
        LOG.warn("{} of release {} failed, {} retries left", task.getTopicName(), task.getBusinessKey(), left, e);
        asWorker(() -> tasks.handleFailure(task.getId(), worker, e.getMessage(), e.toString(), left, wait.toMillis()));
    }

    private void asWorker(Runnable call) {
        access.as(EngineAccess.WORKER, () -> {
            call.run();
            return true;
        });
    }
}
