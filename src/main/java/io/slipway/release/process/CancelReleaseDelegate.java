package io.slipway.release.process;

import io.slipway.release.ReleaseScope;
import io.slipway.release.Releases;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Behind {@code serviceTask_cancelRelease} of the spine and of a promotion: ends the release as cancelled, if that was asked for. Run
 * twice, it finds the release ended and does nothing.
 */
@Component
class CancelReleaseDelegate implements JavaDelegate {

    private final Releases releases;
    private final ReleaseScope scope;

    CancelReleaseDelegate(Releases releases, ReleaseScope scope) {
        this.releases = releases;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        releases.cancel(scope.of(execution).id());
    }
}
