package io.slipway.governance.process;

import io.slipway.governance.changes.TicketNumbers;
import io.slipway.governance.risk.RiskAnswers;
import io.slipway.governance.risk.RiskAssessment;
import io.slipway.governance.risk.RiskLevel;
import io.slipway.governance.risk.RiskStanding;
import io.slipway.governance.risk.Risks;
import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import io.slipway.release.ReleaseScope;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_assessRisk}: a release manager answers the questions from which the risk level follows. */
@Component
class AssessRiskTask implements UserTaskHandler {

    private final Risks risks;
    private final TicketNumbers tickets;
    private final ReleaseScope scope;

    AssessRiskTask(Risks risks, TicketNumbers tickets, ReleaseScope scope) {
        this.risks = risks;
        this.tickets = tickets;
        this.scope = scope;
    }

    @Override
    public String process() {
        return ApproveChangeProcess.KEY;
    }

    @Override
    public String task() {
        return ApproveChangeProcess.Element.ASSESS_RISK.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("impact", "likelihood", "usersImpact", "rollbackTested", "riskNote");
    }

    @Override
    public Brief brief(DelegateTask task) {
        Release release = scope.of(task.getExecution());
        Optional<RiskAssessment> before = risks.latest(release);
        return Brief.of("How risky is it to release " + release.key() + "?")
                .fact("Release", release.title())
                .fact("Class", release.releaseClass().map(ReleaseClass::label).orElse(null))
                .fact("Change ticket", tickets.of(release.id()).orElse(null))
                .fact("Data is migrated", migration(task))
                .fact("Window", Facts.window(release))
                .fact("Assessed before", before.map(old -> old.level().label()).orElse("not yet"))
                .fact("What raises it already", String.join(" ", risks.factors(release)));
    }

    private static String migration(DelegateTask task) {
        return ApproveChangeProcess.DATA_MIGRATION
                .find(task.getExecution())
                .map(known -> known ? "yes" : "no")
                .orElse("not known, counts as yes");
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        Optional<String> rollback = submission.text("rollbackTested", 16);
        RiskAnswers answers = new RiskAnswers(
                number(submission, "impact"),
                number(submission, "likelihood"),
                number(submission, "usersImpact"),
                rollback.map(any -> submission.requireChoice("rollbackTested", RiskAnswers.RollbackTested.class)),
                submission.text("riskNote", 2000).orElse(""));
        Release release = scope.of(task.getExecution());
        RiskAssessment assessment = risks.assess(release, answers, submission.person());
        RiskLevel level = risks.standing(release).map(RiskStanding::level).orElse(assessment.level());
        ApproveChangeProcess.RISK_LEVEL.set(task.getExecution(), level.name());
    }

    /** An answer that is missing counts as the worst one; one that is there must be acceptable. */
    private static Optional<Integer> number(Submission submission, String field) {
        return submission.text(field, 16).map(any -> submission.requireNumber(field, 1, 3));
    }
}
