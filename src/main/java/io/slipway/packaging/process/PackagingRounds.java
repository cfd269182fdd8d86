package io.slipway.packaging.process;

import io.slipway.packaging.Packages;
import io.slipway.platform.process.ProcessKeys;
import io.slipway.platform.process.StepObserver;
import io.slipway.release.ReleaseScope;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Opens a round for each packaging process: whenever content is packaged again, its files are handed in and sealed anew. */
@Component
class PackagingRounds implements StepObserver {

    private final Packages packages;
    private final ReleaseScope scope;

    PackagingRounds(Packages packages, ReleaseScope scope) {
        this.packages = packages;
        this.scope = scope;
    }

    @Override
    public void entered(DelegateExecution execution) {
        if (ProcessKeys.of(execution.getProcessDefinitionId()).equals(PackageReleaseProcess.KEY)) {
            packages.openRound(scope.of(execution), execution.getProcessInstanceId());
        }
    }
}
