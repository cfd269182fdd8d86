package io.slipway.schedule.process;

import io.slipway.release.ReleaseScope;
import io.slipway.schedule.Windows;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_planWindow}: plans the window that was found free. Run twice, the second time changes nothing. */
@Component
class PlanWindowDelegate implements JavaDelegate {

    private final Windows windows;
    private final ReleaseScope scope;

    PlanWindowDelegate(Windows windows, ReleaseScope scope) {
        this.windows = windows;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        windows.plan(scope.of(execution));
    }
}
