package io.slipway.governance.process;

import io.slipway.governance.obligations.ObligationNotices;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_remindOwner}: tells the owner before the obligation is due. Run twice, it tells once. */
@Component
class RemindOwnerDelegate implements JavaDelegate {

    private final ObligationNotices notices;

    RemindOwnerDelegate(ObligationNotices notices) {
        this.notices = notices;
    }

    @Override
    public void execute(DelegateExecution execution) {
        notices.remind(TrackObligationProcess.OBLIGATION_KEY.require(execution));
    }
}
