package io.slipway.packaging.process;

import io.slipway.packaging.versions.Drift;
import java.time.Duration;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_checkDrift}: looks and records. Run twice, it looks twice, and what differs is told once. */
@Component
class CheckDriftDelegate implements JavaDelegate {

    private final Drift drift;

    CheckDriftDelegate(Drift drift) {
        this.drift = drift;
    }

    @Override
    public void execute(DelegateExecution execution) {
        drift.check();
        Duration pause = drift.every();
        CheckDriftProcess.DRIFT_PAUSE.set(execution, pause.toString());
        CheckDriftProcess.DRIFT_WATCHED.set(execution, pause.compareTo(Duration.ZERO) > 0);
    }
}
