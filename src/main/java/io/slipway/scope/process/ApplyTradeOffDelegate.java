package io.slipway.scope.process;

import io.slipway.release.ReleaseScope;
import io.slipway.scope.TradeOffs;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_applyTradeOff}: puts what was decided into the scope. Run twice, the second time changes nothing. */
@Component
class ApplyTradeOffDelegate implements JavaDelegate {

    private final TradeOffs tradeOffs;
    private final ReleaseScope scope;

    ApplyTradeOffDelegate(TradeOffs tradeOffs, ReleaseScope scope) {
        this.tradeOffs = tradeOffs;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        tradeOffs.apply(scope.of(execution), NegotiateTradeOffProcess.TRADE_OFF_NUMBER.require(execution));
    }
}
