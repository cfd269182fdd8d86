package io.slipway.governance.process;

import io.slipway.platform.process.Brief;
import io.slipway.platform.process.ProcessKeys;
import io.slipway.platform.process.StepObserver;
import java.time.Instant;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** The task of an obligation is due when the obligation is, however long such tasks usually have. */
@Component
class DueWithObligation implements StepObserver {

    @Override
    public void opened(DelegateTask task, Brief brief) {
        if (ProcessKeys.of(task.getProcessDefinitionId()).equals(TrackObligationProcess.KEY)) {
            task.setDueDate(
                    Date.from(Instant.parse(TrackObligationProcess.OBLIGATION_DUE.require(task.getExecution()))));
        }
    }
}
