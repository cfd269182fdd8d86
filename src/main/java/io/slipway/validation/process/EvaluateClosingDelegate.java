package io.slipway.validation.process;

import io.slipway.release.ReleaseScope;
import io.slipway.validation.closing.Closing;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_evaluateClosing}: asks every closing condition. Run twice, both evaluations are kept and the newer counts. */
@Component
class EvaluateClosingDelegate implements JavaDelegate {

    private final Closing closing;
    private final ReleaseScope scope;

    EvaluateClosingDelegate(Closing closing, ReleaseScope scope) {
        this.closing = closing;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        CloseReleaseProcess.OPEN_POINTS.set(execution, closing.evaluate(scope.of(execution)));
    }
}
