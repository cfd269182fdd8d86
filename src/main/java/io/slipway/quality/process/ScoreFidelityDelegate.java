package io.slipway.quality.process;

import io.slipway.quality.environments.EnvironmentRefreshes;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_scoreFidelity}: scores a clean clone. Run twice, it finds the score of the first time. */
@Component
class ScoreFidelityDelegate implements JavaDelegate {

    private final EnvironmentRefreshes refreshes;

    ScoreFidelityDelegate(EnvironmentRefreshes refreshes) {
        this.refreshes = refreshes;
    }

    @Override
    public void execute(DelegateExecution execution) {
        RefreshEnvironmentProcess.CLONE_CLEAN.set(
                execution, refreshes.score(Long.parseLong(RefreshEnvironmentProcess.REFRESH.require(execution))));
    }
}
