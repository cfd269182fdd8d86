package io.slipway.governance.process;

import io.slipway.governance.obligations.ObligationNotices;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Behind {@code serviceTask_reportOverdue}: tells that the obligation is overdue and takes it up the ladder. Both are kept in the
 * transaction of the step, so that it has happened once when the step is over.
 */
@Component
class ReportOverdueDelegate implements JavaDelegate {

    private final ObligationNotices notices;

    ReportOverdueDelegate(ObligationNotices notices) {
        this.notices = notices;
    }

    @Override
    public void execute(DelegateExecution execution) {
        notices.overdue(TrackObligationProcess.OBLIGATION_KEY.require(execution));
    }
}
