package io.slipway.quality.process;

import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.quality.GateStanding;
import io.slipway.quality.Gates;
import io.slipway.release.Release;
import io.slipway.release.ReleaseScope;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_supplyEvidence}: quality assurance says that all reports of an environment have been handed in. */
@Component
class SupplyEvidenceTask implements UserTaskHandler {

    private final Gates gates;
    private final ReleaseScope scope;

    SupplyEvidenceTask(Gates gates, ReleaseScope scope) {
        this.gates = gates;
        this.scope = scope;
    }

    @Override
    public String process() {
        return PassQualityGateProcess.KEY;
    }

    @Override
    public String task() {
        return PassQualityGateProcess.Element.SUPPLY_EVIDENCE.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("evidenceNote");
    }

    @Override
    public Brief brief(DelegateTask task) {
        return brief(scope.of(task.getExecution()), PassQualityGateProcess.ENVIRONMENT.require(task.getExecution()));
    }

    Brief brief(Release release, String environment) {
        GateStanding standing = gates.standing(release, environment);
        return Brief.of("Are the test reports of " + environment + " whole?")
                .fact("Release", release.key() + ", " + release.title())
                .fact("Environment", environment)
                .fact("Gate", standing.sentence())
                .table(
                        "evidence",
                        standing.evidence().stream().map(ReportRow::of).toList());
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        gates.declareWhole(
                scope.of(task.getExecution()),
                PassQualityGateProcess.ENVIRONMENT.require(task.getExecution()),
                submission.person(),
                submission.text("evidenceNote", 2000).orElse(""));
    }
}
