package io.slipway.scope.process;

import io.slipway.platform.process.ProcessKeys;
import io.slipway.platform.process.StepObserver;
import io.slipway.release.ReleaseScope;
import io.slipway.scope.Scopes;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Begins a round of the scope whenever the process asks for items: the first time, and again when the content changes. */
@Component
class ScopeRounds implements StepObserver {

    private final Scopes scopes;
    private final ReleaseScope scope;

    ScopeRounds(Scopes scopes, ReleaseScope scope) {
        this.scopes = scopes;
        this.scope = scope;
    }

    @Override
    public void entered(DelegateExecution execution) {
        if (ProcessKeys.of(execution.getProcessDefinitionId()).equals(ScopeReleaseProcess.KEY)
                && ScopeReleaseProcess.Element.SUPPLY_ITEMS.id().equals(execution.getCurrentActivityId())) {
            scopes.openRound(scope.of(execution));
        }
    }
}
