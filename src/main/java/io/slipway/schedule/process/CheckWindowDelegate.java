package io.slipway.schedule.process;

import io.slipway.release.ReleaseScope;
import io.slipway.schedule.Windows;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_checkWindow}: compares the proposed window with the calendar. Run twice, it compares again. */
@Component
class CheckWindowDelegate implements JavaDelegate {

    private final Windows windows;
    private final ReleaseScope scope;

    CheckWindowDelegate(Windows windows, ReleaseScope scope) {
        this.windows = windows;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        ScheduleReleaseProcess.WINDOW_VERDICT.set(
                execution, windows.check(scope.of(execution)).name());
    }
}
