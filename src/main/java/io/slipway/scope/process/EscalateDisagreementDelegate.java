package io.slipway.scope.process;

import io.slipway.release.ReleaseScope;
import io.slipway.scope.TradeOffs;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_escalateDisagreement}: takes a disagreement up the ladder. Run twice, it goes up once, as nothing is kept of a run that fails. */
@Component
class EscalateDisagreementDelegate implements JavaDelegate {

    private final TradeOffs tradeOffs;
    private final ReleaseScope scope;

    EscalateDisagreementDelegate(TradeOffs tradeOffs, ReleaseScope scope) {
        this.tradeOffs = tradeOffs;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        tradeOffs.escalate(scope.of(execution), NegotiateTradeOffProcess.TRADE_OFF_NUMBER.require(execution), false);
    }
}
