package io.slipway.platform.process;

import io.slipway.platform.data.DatabaseAway;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
    private static final int HANDS = 4;

    private final ExternalTaskService tasks;
    private final EngineAccess access;
    private final List<ExternalWork> works;
    private final Duration lease;
    private final Duration pause;
    private final List<Duration> retries;
    private final Duration finish;
    private final String worker = EngineAccess.WORKER + "-" + UUID.randomUUID();
    private final AtomicInteger inHand = new AtomicInteger();
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
        timer = Executors.newScheduledThreadPool(2, ExternalWorkers::thread);
        hands = Executors.newFixedThreadPool(HANDS, ExternalWorkers::thread);
        running = true;
        fetching = timer.scheduleWithFixedDelay(this::fetch, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Work that outlasts its time ends with the process, and does not keep it alive. */
    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "external-work");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Takes nothing more, gives back what was not begun, and lets the rest end for a bounded time while its leases are held. Nothing is
     * interrupted: that would count as a failed attempt, and close files under the embedded database.
     */
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
            }
            timer.shutdown();
            if (!timer.awaitTermination(finish.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn(
                        "External tasks are still being asked for after {}; their leases run out by themselves",
                        finish);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Takes no more than can be begun at once: what waits in a queue holds a lease that nobody extends. */
    private void fetch() {
        int free = HANDS - inHand.get();
        if (free <= 0 || !running) {
            return;
        }
        try {
            ExternalTaskQueryBuilder query = tasks.fetchAndLock(free, worker);
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
        inHand.incrementAndGet();
        try {
            hands.execute(() -> {
                try {
                    work(task);
                } finally {
                    inHand.decrementAndGet();
                }
            });
        } catch (RejectedExecutionException stopping) {
            inHand.decrementAndGet();
            giveBack(task);
        }
    }

    /** A task whose lease ran out meanwhile may be another node's. */
    private void giveBack(LockedExternalTask task) {
        asWorker(() -> {
            if (tasks.createExternalTaskQuery()
                            .externalTaskId(task.getId())
                            .workerId(worker)
                            .count()
                    > 0) {
                tasks.unlock(task.getId());
            }
        });
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
                () -> extend(task), lease.toMillis() / 3, lease.toMillis() / 3, TimeUnit.MILLISECONDS);
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
            failed(task, e);
        } finally {
            heartbeat.cancel(false);
        }
    }

    private void extend(LockedExternalTask task) {
        try {
            asWorker(() -> tasks.extendLock(task.getId(), worker, lease.toMillis()));
        } catch (RuntimeException e) {
            // The timer would extend it never again; the lease lasts for two more attempts.
            LOG.warn(
                    "The lease of {} of release {} could not be extended",
                    task.getTopicName(),
                    task.getBusinessKey(),
                    e);
        }
    }

    /** Where the database was away nothing is counted: the work is given back, or its lease runs out by itself. */
    private void failed(LockedExternalTask task, RuntimeException e) {
        try {
            if (DatabaseAway.caused(e)) {
                LOG.warn(
                        "{} of release {} found no database: {}",
                        task.getTopicName(),
                        task.getBusinessKey(),
                        e.toString());
                giveBack(task);
            } else {
                fail(task, e);
            }
        } catch (RuntimeException more) {
            LOG.warn(
                    "The outcome of {} of release {} could not be kept; its lease runs out by itself: {}",
                    task.getTopicName(),
                    task.getBusinessKey(),
                    more.toString());
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
