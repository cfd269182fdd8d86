package io.slipway.scope.process;

import io.slipway.release.ReleaseScope;
import io.slipway.scope.TradeOffs;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_concludeTradeOff}: looks for what every owner accepts. Run twice, it concludes the same, as nothing is kept of a run that fails. */
@Component
class ConcludeTradeOffDelegate implements JavaDelegate {

    private final TradeOffs tradeOffs;
    private final ReleaseScope scope;

    ConcludeTradeOffDelegate(TradeOffs tradeOffs, ReleaseScope scope) {
        this.tradeOffs = tradeOffs;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        NegotiateTradeOffProcess.TRADE_OFF_OUTCOME.set(
                execution,
                tradeOffs
                        .conclude(scope.of(execution), NegotiateTradeOffProcess.TRADE_OFF_NUMBER.require(execution))
                        .name());
    }
}
