package io.slipway.platform.process;

import java.time.Duration;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.spring.components.jobexecutor.SpringJobExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.stereotype.Component;

/**
 * Lets jobs under way end when the program stops, for a bounded time, and gives back those that it had taken and not begun: another
 * node need not wait for their locks to run out.
 */
@Component
class JobsEnd implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(JobsEnd.class);
    private static final int LOOK_MILLIS = 50;
    private static final int QUIET_LOOKS = 2;

    private final ObjectProvider<JobExecutor> jobs;
    private final JdbcClient jdbc;
    private final Duration finish;
    private volatile boolean running;

    JobsEnd(
            ObjectProvider<JobExecutor> jobs,
            JdbcClient jdbc,
            @Value("${slipway.workers.finish-within:PT20S}") Duration finish) {
        this.jobs = jobs;
        this.jdbc = jdbc;
        this.finish = finish;
    }

    @Override
    public void start() {
        // The engine starts its executor itself, as soon as the program is ready.
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        jobs.ifAvailable(executor -> {
            if (executor.isActive()) {
                end(executor);
            }
        });
    }

    private void end(JobExecutor executor) {
        executor.shutdown();
        if (executor instanceof SpringJobExecutor spring
                && spring.getTaskExecutor() instanceof ThreadPoolTaskExecutor pool) {
            pool.getThreadPoolExecutor().getQueue().clear();
            if (!ended(pool)) {
                LOG.warn(
                        "{} jobs are still at work after {}; their locks run out by themselves",
                        pool.getActiveCount(),
                        finish);
                return;
            }
            // Nothing of this executor runs any more: whatever still bears its lock was never begun.
            int given = jdbc.sql(
                            "update ACT_RU_JOB set LOCK_OWNER_ = null, LOCK_EXP_TIME_ = null where LOCK_OWNER_ = ?")
                    .param(executor.getLockOwner())
                    .update();
            LOG.info("No job is under way; {} were given back", given);
        }
    }

    private boolean ended(ThreadPoolTaskExecutor pool) {
        long deadline = System.nanoTime() + finish.toNanos();
        // A thread that has just taken a job counts as active a moment later only.
        int quiet = pool.getActiveCount() == 0 ? 1 : 0;
        while (quiet < QUIET_LOOKS) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            quiet = pool.getActiveCount() == 0 ? quiet + 1 : 0;
        }
        return true;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
