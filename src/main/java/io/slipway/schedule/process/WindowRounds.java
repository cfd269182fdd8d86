package io.slipway.schedule.process;

import io.slipway.platform.process.ProcessKeys;
import io.slipway.platform.process.StepObserver;
import io.slipway.release.ReleaseScope;
import io.slipway.schedule.Windows;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Begins a round of the window whenever scheduling opens, so that nothing of an earlier window counts from then on. */
@Component
class WindowRounds implements StepObserver {

    private final Windows windows;
    private final ReleaseScope scope;

    WindowRounds(Windows windows, ReleaseScope scope) {
        this.windows = windows;
        this.scope = scope;
    }

    @Override
    public void entered(DelegateExecution execution) {
        if (ProcessKeys.of(execution.getProcessDefinitionId()).equals(ScheduleReleaseProcess.KEY)
                && ScheduleReleaseProcess.Element.SCHEDULING_OPENED.id().equals(execution.getCurrentActivityId())) {
            windows.openRound(scope.of(execution));
        }
    }
}
