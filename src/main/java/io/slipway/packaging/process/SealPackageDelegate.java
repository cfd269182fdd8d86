package io.slipway.packaging.process;

import io.slipway.packaging.Packages;
import io.slipway.packaging.Sealing;
import io.slipway.release.ReleaseScope;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_sealPackage}: seals the files of the round. Run twice, the seal of the first time stays. */
@Component
class SealPackageDelegate implements JavaDelegate {

    private final Packages packages;
    private final ReleaseScope scope;

    SealPackageDelegate(Packages packages, ReleaseScope scope) {
        this.packages = packages;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        if (packages.seal(scope.of(execution)) instanceof Sealing.Incomplete incomplete) {
            throw new BpmnError(PackageReleaseProcess.PACKAGE_INCOMPLETE, String.join(" ", incomplete.shortcomings()));
        }
    }
}
