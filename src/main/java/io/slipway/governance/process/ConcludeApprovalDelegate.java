package io.slipway.governance.process;

import io.slipway.governance.approvals.Approvals;
import io.slipway.release.ReleaseScope;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Behind {@code serviceTask_concludeApproval}: tells from the records whether the change is approved, whatever the process carries in
 * its variables. Run twice, it tells the same.
 */
@Component
class ConcludeApprovalDelegate implements JavaDelegate {

    private final Approvals approvals;
    private final ReleaseScope scope;

    ConcludeApprovalDelegate(Approvals approvals, ReleaseScope scope) {
        this.approvals = approvals;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        boolean approved = approvals.conclude(scope.of(execution));
        ApproveChangeProcess.APPROVAL_VERDICT.set(
                execution, approved ? ApproveChangeProcess.APPROVED : ApproveChangeProcess.REJECTED);
    }
}
