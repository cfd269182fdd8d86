package io.slipway.schedule.process;

import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.release.ReleaseScope;
import io.slipway.schedule.waves.Waves;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_acknowledgeHandOver}: somebody else takes over in the region. */
@Component
class AcknowledgeHandOverTask implements UserTaskHandler {

    private final Waves waves;
    private final ReleaseScope scope;

    AcknowledgeHandOverTask(Waves waves, ReleaseScope scope) {
        this.waves = waves;
        this.scope = scope;
    }

    @Override
    public String process() {
        return HandOverWaveProcess.KEY;
    }

    @Override
    public String task() {
        return HandOverWaveProcess.Element.ACKNOWLEDGE_HAND_OVER.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("acknowledgement");
    }

    @Override
    public Brief brief(DelegateTask task) {
        return WaveBriefs.of("Is it understood in", scope.of(task.getExecution()), waves);
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        waves.acknowledge(
                scope.of(task.getExecution()), submission.person(), submission.requireText("acknowledgement", 2000));
    }
}
