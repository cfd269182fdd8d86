package io.slipway.schedule.process;

import io.slipway.release.ReleaseScope;
import io.slipway.schedule.Windows;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_openEmergencyWindow}: opens the window of an emergency by rule. Run twice before the window is planned, it
 * opens it from then on. */
@Component
class OpenEmergencyWindowDelegate implements JavaDelegate {

    private final Windows windows;
    private final ReleaseScope scope;

    OpenEmergencyWindowDelegate(Windows windows, ReleaseScope scope) {
        this.windows = windows;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        windows.openEmergency(scope.of(execution));
    }
}
