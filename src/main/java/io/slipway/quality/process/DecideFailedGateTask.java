package io.slipway.quality.process;

import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.quality.GateStanding;
import io.slipway.quality.GateVerdict;
import io.slipway.quality.Gates;
import io.slipway.quality.WaiverRequest;
import io.slipway.quality.board.BoardVotes;
import io.slipway.release.Release;
import io.slipway.release.ReleaseScope;
import java.util.List;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_decideFailedGate}: quality assurance has a failed gate reworked, asks for a waiver, or takes it to the board. */
@Component
class DecideFailedGateTask implements UserTaskHandler {

    private enum Way {
        REWORK,
        WAIVER,
        BOARD
    }

    private static final int LONGEST = 2000;

    private final Gates gates;
    private final BoardVotes votes;
    private final ReleaseScope scope;

    DecideFailedGateTask(Gates gates, BoardVotes votes, ReleaseScope scope) {
        this.gates = gates;
        this.votes = votes;
        this.scope = scope;
    }

    @Override
    public String process() {
        return PassQualityGateProcess.KEY;
    }

    @Override
    public String task() {
        return PassQualityGateProcess.Element.DECIDE_FAILED_GATE.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("gateDecision", "gateReason", "compensatingControl", "waiverExpires");
    }

    @Override
    public Brief brief(DelegateTask task) {
        return brief(scope.of(task.getExecution()), PassQualityGateProcess.ENVIRONMENT.require(task.getExecution()));
    }

    Brief brief(Release release, String environment) {
        GateStanding standing = gates.standing(release, environment);
        Brief brief = Brief.of("The gate of " + environment + " failed: rework, a waiver, or the board?")
                .fact("Release", release.key() + ", " + release.title())
                .fact("Environment", environment)
                .fact("Gate", standing.sentence());
        standing.verdict().ifPresent(verdict -> failed(brief, verdict));
        return brief;
    }

    static void failed(Brief brief, GateVerdict verdict) {
        brief.fact(
                        "Rule",
                        verdict.explanation().rule().id() + " of "
                                + verdict.explanation().rule().decision() + ", version "
                                + verdict.explanation().rule().version())
                .fact(
                        "What would change it",
                        String.join(" ", verdict.explanation().changes()))
                .fact(
                        "Failed tests",
                        verdict.explanation().evidence().stream()
                                .flatMap(report -> report.failures().stream())
                                .limit(20)
                                .collect(Collectors.joining(", ")))
                .table("reasons", ReasonRow.of(verdict));
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        Release release = scope.of(task.getExecution());
        String environment = PassQualityGateProcess.ENVIRONMENT.require(task.getExecution());
        Way way = submission.requireChoice("gateDecision", Way.class);
        String reason = submission.requireText("gateReason", LONGEST);
        switch (way) {
            case REWORK -> gates.rework(release, environment, submission.person(), reason);
            case BOARD -> votes.ask(release, environment, reason, submission.person());
            case WAIVER ->
                gates.askWaiver(
                        release,
                        environment,
                        new WaiverRequest(
                                reason,
                                submission.requireText("compensatingControl", LONGEST),
                                submission.requireInstant("waiverExpires")),
                        submission.person());
        }
        PassQualityGateProcess.GATE_DECISION.set(task.getExecution(), way.name());
    }
}
