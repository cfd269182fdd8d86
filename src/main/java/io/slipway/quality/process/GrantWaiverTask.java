package io.slipway.quality.process;

import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.quality.GateStanding;
import io.slipway.quality.GateWaiver;
import io.slipway.quality.Gates;
import io.slipway.release.Part;
import io.slipway.release.Release;
import io.slipway.release.ReleaseScope;
import io.slipway.release.SeparatedTask;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_grantWaiver}: a change authority grants or refuses a waiver, and becomes an approver. */
@Component
class GrantWaiverTask implements UserTaskHandler, SeparatedTask {

    private enum Answer {
        GRANTED,
        REFUSED
    }

    private final Gates gates;
    private final ReleaseScope scope;

    GrantWaiverTask(Gates gates, ReleaseScope scope) {
        this.gates = gates;
        this.scope = scope;
    }

    @Override
    public String process() {
        return PassQualityGateProcess.KEY;
    }

    @Override
    public String task() {
        return PassQualityGateProcess.Element.GRANT_WAIVER.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("waiverVerdict", "waiverReason");
    }

    @Override
    public Part part() {
        return Part.APPROVER;
    }

    @Override
    public Brief brief(DelegateTask task) {
        return brief(scope.of(task.getExecution()), PassQualityGateProcess.ENVIRONMENT.require(task.getExecution()));
    }

    Brief brief(Release release, String environment) {
        GateStanding standing = gates.standing(release, environment);
        Brief brief = Brief.of("May " + release.key() + " pass the failed gate of " + environment + "?")
                .fact("Release", release.title())
                .fact("Environment", environment)
                .fact("Gate", standing.sentence())
                .fact("Reason given", standing.waiver().map(GateWaiver::reason).orElse(null))
                .fact(
                        "Compensating control",
                        standing.waiver().map(GateWaiver::compensatingControl).orElse(null))
                .fact(
                        "Waiver ends",
                        standing.waiver().map(GateWaiver::expiresAt).orElse(null));
        standing.verdict().ifPresent(verdict -> DecideFailedGateTask.failed(brief, verdict));
        return brief;
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        Answer answer = submission.requireChoice("waiverVerdict", Answer.class);
        gates.decideWaiver(
                scope.of(task.getExecution()),
                PassQualityGateProcess.ENVIRONMENT.require(task.getExecution()),
                answer == Answer.GRANTED,
                submission.requireText("waiverReason", 2000),
                submission.person());
        PassQualityGateProcess.WAIVER_VERDICT.set(task.getExecution(), answer.name());
    }
}
