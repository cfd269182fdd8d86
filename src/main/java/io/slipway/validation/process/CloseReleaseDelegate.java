package io.slipway.validation.process;

import io.slipway.release.ReleaseScope;
import io.slipway.validation.closing.Closing;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_closeRelease}: ends the release as it was signed. Run twice, it ends once. */
@Component
class CloseReleaseDelegate implements JavaDelegate {

    private final Closing closing;
    private final ReleaseScope scope;

    CloseReleaseDelegate(Closing closing, ReleaseScope scope) {
        this.closing = closing;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        closing.close(scope.of(execution));
    }
}
