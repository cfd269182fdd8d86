package io.slipway.governance.process;

import io.slipway.governance.approvals.ApprovalRound;
import io.slipway.governance.approvals.Approvals;
import io.slipway.governance.approvals.Verdict;
import io.slipway.governance.changes.TicketNumbers;
import io.slipway.governance.confirmations.ConfirmedDecision;
import io.slipway.governance.risk.RiskAnswers;
import io.slipway.governance.risk.RiskStanding;
import io.slipway.governance.risk.Risks;
import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.release.Part;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import io.slipway.release.ReleaseScope;
import io.slipway.release.Role;
import io.slipway.release.SeparatedTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_approveChange}: a member of one group approves or rejects exactly the content of the present round. */
@Component
class ApproveChangeTask implements UserTaskHandler, SeparatedTask, ConfirmedDecision {

    private final Approvals approvals;
    private final Risks risks;
    private final TicketNumbers tickets;
    private final ReleaseScope scope;

    ApproveChangeTask(Approvals approvals, Risks risks, TicketNumbers tickets, ReleaseScope scope) {
        this.approvals = approvals;
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
        return ApproveChangeProcess.Element.APPROVE_CHANGE.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("approvalDecision", "approvalReason");
    }

    @Override
    public Part part() {
        return Part.APPROVER;
    }

    @Override
    public Brief brief(DelegateTask task) {
        Release release = scope.of(task.getExecution());
        ApprovalRound round = round(release);
        String group = ApproveChangeProcess.APPROVAL_GROUP.require(task.getExecution());
        return Brief.of("May " + release.key() + " go to production?")
                .fact("Release", release.title())
                .fact("Class", release.releaseClass().map(ReleaseClass::label).orElse(null))
                .fact("Change ticket", tickets.of(release.id()).orElse(null))
                .fact("You decide for", Role.ofGroup(group).map(Role::label).orElse(group))
                .fact(
                        "Groups that approve",
                        round.requirements().stream()
                                .map(required ->
                                        Role.ofGroup(required).map(Role::label).orElse(required))
                                .collect(Collectors.joining(", ")))
                .fact("Window", Facts.window(release))
                .fact("Round", round.number())
                .fact("Digest of the whole", round.contentDigest())
                .table(
                        "parts",
                        round.parts().stream()
                                .map(part -> new PartRow(part.name(), part.summary(), part.digest()))
                                .toList())
                .table("risk", riskRows(release));
    }

    private List<Brief.Fact> riskRows(Release release) {
        List<Brief.Fact> rows = new ArrayList<>();
        risks.latest(release).ifPresent(assessment -> {
            RiskAnswers answers = assessment.answers();
            Optional<RiskStanding> standing = risks.standing(release);
            rows.add(new Brief.Fact(
                    "Level",
                    standing.map(RiskStanding::level).orElse(assessment.level()).label()));
            rows.add(new Brief.Fact("Impact of a failure", answer(answers.impact())));
            rows.add(new Brief.Fact("Likelihood of a failure", answer(answers.likelihood())));
            rows.add(new Brief.Fact("Users who would notice", answer(answers.usersImpact())));
            rows.add(new Brief.Fact(
                    "Rollback",
                    answers.rollbackTested()
                            .map(RiskAnswers.RollbackTested::label)
                            .orElse("not answered")));
            rows.add(new Brief.Fact("Note", answers.note().isEmpty() ? "–" : answers.note()));
            rows.add(new Brief.Fact(
                    "Why this level",
                    String.join(" ", standing.map(RiskStanding::reasons).orElse(assessment.reasons()))));
        });
        return rows;
    }

    private static String answer(Optional<Integer> answer) {
        return answer.map(value -> value + " of 3").orElse("not answered");
    }

    /** A row of the table of parts, under the names that the form's columns have. */
    record PartRow(String part, String summary, String digest) {}

    @Override
    public List<Choice> choices() {
        return Arrays.stream(Verdict.values())
                .map(verdict -> new Choice(verdict.name(), verdict.label() + " the change"))
                .toList();
    }

    @Override
    public String decisionOf(Submission submission) {
        return submission.requireChoice("approvalDecision", Verdict.class).name();
    }

    @Override
    public Content content(Release release) {
        ApprovalRound round = round(release);
        return new Content(
                round.contentDigest(),
                round.parts().stream()
                        .map(part -> new Shown(part.name(), part.summary(), part.digest()))
                        .toList());
    }

    private ApprovalRound round(Release release) {
        return approvals
                .present(release)
                .orElseThrow(() -> new Refused("No approval of " + release.key() + " has been opened."));
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        Verdict verdict = submission.requireChoice("approvalDecision", Verdict.class);
        approvals.decide(
                scope.of(task.getExecution()),
                ApproveChangeProcess.APPROVAL_GROUP.require(task.getExecution()),
                submission.person(),
                verdict,
                submission.text("approvalReason", 2000));
        if (verdict == Verdict.REJECT) {
            ApproveChangeProcess.APPROVAL_VERDICT.set(task.getExecution(), ApproveChangeProcess.REJECTED);
        }
    }
}
