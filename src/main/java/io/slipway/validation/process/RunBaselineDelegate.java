package io.slipway.validation.process;

import io.slipway.release.ReleaseScope;
import io.slipway.validation.JourneyBaselines;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_runBaseline}: looks at production before the release touches it. Run twice, the newer result counts. */
@Component
class RunBaselineDelegate implements JavaDelegate {

    private final JourneyBaselines baselines;
    private final ReleaseScope scope;

    RunBaselineDelegate(JourneyBaselines baselines, ReleaseScope scope) {
        this.baselines = baselines;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        baselines.run(scope.of(execution));
    }
}
