package io.slipway.scope.process;

import io.slipway.release.ReleaseScope;
import io.slipway.scope.Scopes;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_recordClass}: records the class that the table gave. Run twice, it records the same. A class in the process
 * that the table does not give for the records is a technical failure, which a person has to look into. */
@Component
class RecordClassDelegate implements JavaDelegate {

    private final Scopes scopes;
    private final ReleaseScope scope;

    RecordClassDelegate(Scopes scopes, ReleaseScope scope) {
        this.scopes = scopes;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        scopes.recordClass(scope.of(execution), ScopeReleaseProcess.RELEASE_CLASS.require(execution));
    }
}
