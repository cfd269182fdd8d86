package io.slipway.deployment.process;

import io.slipway.deployment.traffic.TrafficWatch;
import io.slipway.release.ReleaseScope;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Behind {@code serviceTask_demandRollback}: asks the release for its rollback. Run twice, it finds the release on its way back and asks
 * for nothing.
 */
@Component
class DemandRollbackDelegate implements JavaDelegate {

    private final TrafficWatch watch;
    private final ReleaseScope scope;

    DemandRollbackDelegate(TrafficWatch watch, ReleaseScope scope) {
        this.watch = watch;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        watch.demandRollback(scope.of(execution));
    }
}
