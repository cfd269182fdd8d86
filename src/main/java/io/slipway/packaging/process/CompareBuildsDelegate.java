package io.slipway.packaging.process;

import io.slipway.packaging.builds.Rebuilds;
import io.slipway.release.ReleaseScope;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_compareBuilds}: compares both builds and the package. Run twice, the first comparison stays. */
@Component
class CompareBuildsDelegate implements JavaDelegate {

    private final Rebuilds rebuilds;
    private final ReleaseScope scope;

    CompareBuildsDelegate(Rebuilds rebuilds, ReleaseScope scope) {
        this.rebuilds = rebuilds;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        RebuildPackageProcess.BUILD_VERDICT.set(
                execution,
                rebuilds.compare(scope.of(execution), RebuildPackageProcess.BUILD_REQUEST_ID.require(execution))
                        .name());
    }
}
