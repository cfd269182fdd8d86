package io.slipway.scope.process;

import io.slipway.release.ReleaseScope;
import io.slipway.scope.ClassFacts;
import io.slipway.scope.Scopes;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_freezeScope}: freezes the scope and provides the facts for the table of classes. Run twice, the second time
 * provides the same facts. */
@Component
class FreezeScopeDelegate implements JavaDelegate {

    private final Scopes scopes;
    private final ReleaseScope scope;

    FreezeScopeDelegate(Scopes scopes, ReleaseScope scope) {
        this.scopes = scopes;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        ClassFacts facts = scopes.freeze(scope.of(execution));
        ScopeReleaseProcess.URGENCY.set(execution, facts.urgency().name());
        ScopeReleaseProcess.BREAKING_ITEMS.set(execution, facts.breakingItems());
        ScopeReleaseProcess.HIGHEST_RISK.set(execution, facts.highestRisk());
        ScopeReleaseProcess.DATA_MIGRATION.set(execution, facts.dataMigration());
        ScopeReleaseProcess.EFFORT_TOTAL.set(execution, facts.effortTotal());
        ScopeReleaseProcess.USERS_AFFECTED.set(execution, facts.usersAffected());
    }
}
