package io.slipway.quality.process;

import io.slipway.quality.GateVerdict;
import io.slipway.quality.Gates;
import io.slipway.release.ReleaseScope;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Behind {@code serviceTask_recordVerdict}: records the verdict if the pinned decision confirms it. Record and token move in one
 * transaction, so that a second run finds the first undone.
 */
@Component
class RecordVerdictDelegate implements JavaDelegate {

    private final Gates gates;
    private final ReleaseScope scope;

    RecordVerdictDelegate(Gates gates, ReleaseScope scope) {
        this.gates = gates;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        GateVerdict verdict = gates.recordVerdict(
                scope.of(execution),
                PassQualityGateProcess.ENVIRONMENT.require(execution),
                PassQualityGateProcess.GATE_VERDICT.require(execution));
        PassQualityGateProcess.GATE_DEADLINE.set(execution, Date.from(gates.deadline(verdict)));
    }
}
