package io.slipway.schedule.process;

import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.release.ReleaseScope;
import io.slipway.schedule.waves.Waves;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_handOverWave}: somebody hands over to the next region. */
@Component
class HandOverWaveTask implements UserTaskHandler {

    private final Waves waves;
    private final ReleaseScope scope;

    HandOverWaveTask(Waves waves, ReleaseScope scope) {
        this.waves = waves;
        this.scope = scope;
    }

    @Override
    public String process() {
        return HandOverWaveProcess.KEY;
    }

    @Override
    public String task() {
        return HandOverWaveProcess.Element.HAND_OVER_WAVE.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("handOverNote");
    }

    @Override
    public Brief brief(DelegateTask task) {
        return WaveBriefs.of("What is handed over to", scope.of(task.getExecution()), waves);
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        waves.handOver(
                scope.of(task.getExecution()), submission.person(), submission.requireText("handOverNote", 2000));
    }
}
