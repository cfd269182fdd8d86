package io.slipway.communication.process;

import io.slipway.communication.Delays;
import io.slipway.release.ReleaseScope;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_escalateUpdate}: tells the deputies that an update is due. Run twice, the second time tells nobody. */
@Component
class EscalateUpdateDelegate implements JavaDelegate {

    private final Delays delays;
    private final ReleaseScope scope;

    EscalateUpdateDelegate(Delays delays, ReleaseScope scope) {
        this.delays = delays;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        delays.escalate(scope.of(execution), Long.parseLong(AnnounceDelayProcess.DELAY_ID.require(execution)));
    }
}
