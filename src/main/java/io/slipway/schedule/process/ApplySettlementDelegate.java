package io.slipway.schedule.process;

import io.slipway.release.ReleaseScope;
import io.slipway.schedule.bookings.Conflicts;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_applySettlement}: books and moves as it was settled. Run twice, the second time changes nothing. */
@Component
class ApplySettlementDelegate implements JavaDelegate {

    private final Conflicts conflicts;
    private final ReleaseScope scope;

    ApplySettlementDelegate(Conflicts conflicts, ReleaseScope scope) {
        this.conflicts = conflicts;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        SettleBookingConflictProcess.SETTLEMENT_OUTCOME.set(
                execution,
                conflicts
                        .apply(scope.of(execution), SettleBookingConflictProcess.CONFLICT_ID.require(execution))
                        .name());
    }
}
