package io.slipway.schedule.process;

import io.slipway.release.ReleaseScope;
import io.slipway.schedule.waves.Waves;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_concludeWave}: provides whether a region follows. Run twice, it provides the same. */
@Component
class ConcludeWaveDelegate implements JavaDelegate {

    private final Waves waves;
    private final ReleaseScope scope;

    ConcludeWaveDelegate(Waves waves, ReleaseScope scope) {
        this.waves = waves;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        HandOverWaveProcess.LAST_WAVE.set(
                execution, waves.next(scope.of(execution)).isEmpty());
    }
}
