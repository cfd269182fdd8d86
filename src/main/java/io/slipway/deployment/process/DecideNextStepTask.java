package io.slipway.deployment.process;

import io.slipway.deployment.Deployment;
import io.slipway.deployment.Deployments;
import io.slipway.deployment.Deployments.NextStep;
import io.slipway.deployment.Step;
import io.slipway.platform.ledger.LedgerEntry;
import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.release.Release;
import io.slipway.release.ReleaseScope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_decideNextStep}: a release manager decides how the release goes on after a rollback. */
@Component
class DecideNextStepTask implements UserTaskHandler {

    private final Deployments deployments;
    private final ReleaseScope scope;

    DecideNextStepTask(Deployments deployments, ReleaseScope scope) {
        this.deployments = deployments;
        this.scope = scope;
    }

    @Override
    public String process() {
        return RollBackReleaseProcess.KEY;
    }

    @Override
    public String task() {
        return RollBackReleaseProcess.Element.DECIDE_NEXT_STEP.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("rollbackDecision", "rollbackReason");
    }

    @Override
    public Brief brief(DelegateTask task) {
        Release release = scope.of(task.getExecution());
        String environment = RollBackReleaseProcess.ENVIRONMENT.require(task.getExecution());
        Optional<Deployments.WithEffects> latest = deployments.latestOf(release, environment);
        Optional<Deployment> deployment = latest.map(Deployments.WithEffects::deployment);
        return Brief.of("How does " + release.key() + " go on?")
                .fact("Release", release.title())
                .fact("Environment", environment)
                .fact("Deployment", deployment.map(Deployment::number).orElse(null))
                .fact("Version taken back", deployment.map(Deployment::version).orElse(null))
                .fact(
                        "Version that runs again",
                        deployment
                                .flatMap(Deployment::previous)
                                .map(Deployment.Previous::version)
                                .orElse("none: nothing ran there before"))
                .fact(
                        "Why it came to this",
                        deployments
                                .whyRolledBack(release, environment)
                                .orElse("No step of the deployment failed and nobody asked for it; the checks in"
                                        + " production on the page of the release tell what they found."))
                .fact("Health", deployment.flatMap(Deployment::healthEvidence).orElse(null))
                .table(
                        "steps",
                        latest.map(Deployments.WithEffects::effects).orElse(List.of()).stream()
                                .map(DecideNextStepTask::row)
                                .toList());
    }

    private static Map<String, String> row(LedgerEntry entry) {
        return Map.of(
                "step",
                Step.label(entry.step()),
                "state",
                entry.state().label(),
                "when",
                entry.endedAt().map(Brief::moment).orElse("–"));
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        NextStep decision = submission.requireChoice("rollbackDecision", NextStep.class);
        String reason = submission.requireText("rollbackReason", 2000);
        deployments.decideNextStep(
                scope.of(task.getExecution()),
                RollBackReleaseProcess.ENVIRONMENT.require(task.getExecution()),
                decision,
                reason,
                submission.person());
        RollBackReleaseProcess.ROLLBACK_DECISION.set(task.getExecution(), decision.name());
    }
}
