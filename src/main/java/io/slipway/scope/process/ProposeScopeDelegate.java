package io.slipway.scope.process;

import io.slipway.release.ReleaseScope;
import io.slipway.scope.Scopes;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_proposeScope}: selects the items with a reason for each. Run twice, it selects the same. */
@Component
class ProposeScopeDelegate implements JavaDelegate {

    private final Scopes scopes;
    private final ReleaseScope scope;

    ProposeScopeDelegate(Scopes scopes, ReleaseScope scope) {
        this.scopes = scopes;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        scopes.propose(scope.of(execution));
    }
}
