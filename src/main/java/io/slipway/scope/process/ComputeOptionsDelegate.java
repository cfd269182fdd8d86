package io.slipway.scope.process;

import io.slipway.release.ReleaseScope;
import io.slipway.scope.TradeOffs;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_computeOptions}: computes the ways out and names who is asked. Run twice, it names the same. */
@Component
class ComputeOptionsDelegate implements JavaDelegate {

    private final TradeOffs tradeOffs;
    private final ReleaseScope scope;

    ComputeOptionsDelegate(TradeOffs tradeOffs, ReleaseScope scope) {
        this.tradeOffs = tradeOffs;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        NegotiateTradeOffProcess.TRADE_OFF_OWNERS.set(
                execution,
                tradeOffs.compute(scope.of(execution), NegotiateTradeOffProcess.TRADE_OFF_NUMBER.require(execution)));
    }
}
