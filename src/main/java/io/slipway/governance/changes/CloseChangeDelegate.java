package io.slipway.governance.changes;

import io.slipway.release.ReleaseScope;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_closeChange}: closes the change ticket with the outcome that was signed. Run twice, it closes once. */
@Component
class CloseChangeDelegate implements JavaDelegate {

    private final ChangeTickets tickets;
    private final ReleaseScope scope;

    CloseChangeDelegate(ChangeTickets tickets, ReleaseScope scope) {
        this.tickets = tickets;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        tickets.close(scope.of(execution));
    }
}
