package io.slipway.platform.process;

import io.slipway.platform.data.DatabaseAway;
import java.time.Duration;
import java.util.Date;
import org.camunda.bpm.engine.impl.cmd.JobRetryCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultFailedJobCommandFactory;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts no attempt of a job that found the database away: it is due again after a moment with as many attempts as before, however often
 * the database comes and goes. Where even this cannot be written, the lock of the job runs out by itself, and nothing is counted either.
 */
final class JobsWithoutDatabase extends DefaultFailedJobCommandFactory {

    private static final Logger LOG = LoggerFactory.getLogger(JobsWithoutDatabase.class);
    private static final Duration MOMENT = Duration.ofSeconds(5);

    @Override
    public Command<Object> getCommand(String job, Throwable exception) {
        return DatabaseAway.caused(exception) ? new Later(job, exception) : super.getCommand(job, exception);
    }

    /** Gives the job back. */
    private static final class Later extends JobRetryCmd {

        private static final long serialVersionUID = 1L;

        Later(String job, Throwable exception) {
            super(job, exception);
        }

        @Override
        public Object execute(CommandContext context) {
            JobEntity job = getJob();
            if (job != null) {
                LOG.warn("Job {} found no database and is due again in {}", jobId, MOMENT);
                job.unlock();
                job.setDuedate(Date.from(ClockUtil.getCurrentTime().toInstant().plus(MOMENT)));
                notifyAcquisition(context);
            }
            return true;
        }
    }
}
