package io.slipway.quality.process;

import io.slipway.quality.GateFacts;
import io.slipway.quality.Gates;
import io.slipway.release.ReleaseScope;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Behind {@code serviceTask_evaluateEvidence}: counts the reports and gives the figures to the decision. Run twice, it counts twice;
 * the verdict is spoken on the later figures.
 */
@Component
class EvaluateEvidenceDelegate implements JavaDelegate {

    private final Gates gates;
    private final ReleaseScope scope;

    EvaluateEvidenceDelegate(Gates gates, ReleaseScope scope) {
        this.gates = gates;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        GateFacts facts = gates.evaluate(scope.of(execution), PassQualityGateProcess.ENVIRONMENT.require(execution));
        PassQualityGateProcess.STAGE.set(execution, facts.stage());
        PassQualityGateProcess.RELEASE_CLASS.set(execution, facts.releaseClass());
        PassQualityGateProcess.EVIDENCE_PRESENT.set(execution, facts.evidencePresent());
        PassQualityGateProcess.TESTS_TOTAL.set(execution, facts.testsTotal());
        PassQualityGateProcess.TESTS_FAILED.set(execution, facts.testsFailed());
        PassQualityGateProcess.TESTS_SKIPPED.set(execution, facts.testsSkipped());
        PassQualityGateProcess.TESTS_FLAKY.set(execution, facts.testsFlaky());
        PassQualityGateProcess.EVIDENCE_MISSING.set(
                execution, facts.missingKinds().size());
        PassQualityGateProcess.SECURITY_ERRORS.set(execution, facts.securityErrors());
        PassQualityGateProcess.SECURITY_WARNINGS.set(execution, facts.securityWarnings());
        PassQualityGateProcess.COVERAGE_PERCENT.set(execution, facts.coveragePercent());
    }
}
