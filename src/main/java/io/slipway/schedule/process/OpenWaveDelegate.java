package io.slipway.schedule.process;

import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseScope;
import io.slipway.schedule.waves.Waves;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_openWave}: provides when the local window of the next region opens. Run twice, it provides the same. */
@Component
class OpenWaveDelegate implements JavaDelegate {

    private final Waves waves;
    private final ReleaseScope scope;

    OpenWaveDelegate(Waves waves, ReleaseScope scope) {
        this.waves = waves;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Release release = scope.of(execution);
        HandOverWaveProcess.WAVE_OPENS_AT.set(
                execution,
                Date.from(waves.next(release)
                        .orElseThrow(() -> new Refused("All waves of " + release.key() + " are handed over."))
                        .span()
                        .start()));
    }
}
