package io.slipway.communication.process;

import io.slipway.communication.Delays;
import io.slipway.release.ReleaseScope;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_sendUpdate}: sends the confirmed update. Run twice, the second time tells nobody. */
@Component
class SendUpdateDelegate implements JavaDelegate {

    private final Delays delays;
    private final ReleaseScope scope;

    SendUpdateDelegate(Delays delays, ReleaseScope scope) {
        this.delays = delays;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        delays.send(scope.of(execution), Long.parseLong(AnnounceDelayProcess.DELAY_ID.require(execution)));
    }
}
