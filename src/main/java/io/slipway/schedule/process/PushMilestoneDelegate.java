package io.slipway.schedule.process;

import io.slipway.release.ReleaseScope;
import io.slipway.schedule.milestones.Milestones;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_pushMilestone}: tells the planning tool. Run twice, the ledger knows that it was told. */
@Component
class PushMilestoneDelegate implements JavaDelegate {

    private final Milestones milestones;
    private final ReleaseScope scope;

    PushMilestoneDelegate(Milestones milestones, ReleaseScope scope) {
        this.milestones = milestones;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        milestones.push(scope.of(execution), PushMilestoneProcess.MILESTONE_PUSH.require(execution));
    }
}
