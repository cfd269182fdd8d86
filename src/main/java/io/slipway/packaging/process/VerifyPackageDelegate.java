package io.slipway.packaging.process;

import io.slipway.packaging.Packages;
import io.slipway.release.ReleaseScope;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Behind {@code serviceTask_verifyPackage}: reads back and hashes what was sealed. It changes nothing, so it may run any number of
 * times.
 */
@Component
class VerifyPackageDelegate implements JavaDelegate {

    private final Packages packages;
    private final ReleaseScope scope;

    VerifyPackageDelegate(Packages packages, ReleaseScope scope) {
        this.packages = packages;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        packages.verify(scope.of(execution));
    }
}
