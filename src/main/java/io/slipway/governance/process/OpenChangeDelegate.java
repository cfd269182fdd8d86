package io.slipway.governance.process;

import io.slipway.governance.approvals.ChangeOpening;
import io.slipway.release.Release;
import io.slipway.release.ReleaseScope;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Behind {@code serviceTask_openChange}: opens the change ticket and tells the decision table, from the records, which class the
 * release has by now and whether data is migrated. Run twice, it finds the ticket of the first run.
 */
@Component
class OpenChangeDelegate implements JavaDelegate {

    private final ChangeOpening opening;
    private final ReleaseScope scope;

    OpenChangeDelegate(ChangeOpening opening, ReleaseScope scope) {
        this.opening = opening;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Release release = scope.of(execution);
        ChangeOpening.Opened opened = opening.open(release);
        ApproveChangeProcess.RELEASE_CLASS.set(
                execution, release.releaseClass().map(Enum::name).orElse(null));
        ApproveChangeProcess.STANDARD_CHANGE.set(execution, opened.standardChange());
        ApproveChangeProcess.DATA_MIGRATION.set(execution, opened.migratesData().orElse(null));
    }
}
