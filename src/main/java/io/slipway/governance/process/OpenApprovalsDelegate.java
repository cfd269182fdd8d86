package io.slipway.governance.process;

import io.slipway.governance.approvals.ApprovalRound;
import io.slipway.governance.approvals.Approvals;
import io.slipway.release.ReleaseScope;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Behind {@code serviceTask_openApprovals}: binds the approvals to the content as it is now. Run twice, it finds the round of the
 * first run, unless somebody has decided in it or the content changed.
 */
@Component
class OpenApprovalsDelegate implements JavaDelegate {

    private final Approvals approvals;
    private final ReleaseScope scope;

    OpenApprovalsDelegate(Approvals approvals, ReleaseScope scope) {
        this.approvals = approvals;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        List<String> claimed = ApproveChangeProcess.groups(execution);
        ApprovalRound round = approvals.open(scope.of(execution), claimed);
        ApproveChangeProcess.APPROVAL_GROUPS.set(execution, new ArrayList<>(Approvals.asked(round)));
        ApproveChangeProcess.APPROVAL_VERDICT.set(execution, ApproveChangeProcess.OPEN);
    }
}
