package io.slipway.quality.process;

import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.quality.Finding;
import io.slipway.quality.Findings;
import io.slipway.quality.Triage;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_triageFinding}: somebody says what a finding is. */
@Component
class TriageFindingTask implements UserTaskHandler {

    private static final int LONGEST = 2000;

    private final Findings findings;

    TriageFindingTask(Findings findings) {
        this.findings = findings;
    }

    @Override
    public String process() {
        return TriageFindingProcess.KEY;
    }

    @Override
    public String task() {
        return TriageFindingProcess.Element.TRIAGE_FINDING.id();
    }

    @Override
    public List<String> inputs() {
        return List.of(
                "triageVerdict",
                "triageJustification",
                "triageReason",
                "triageEvidence",
                "triageScope",
                "triageExpires");
    }

    @Override
    public String page(DelegateTask task) {
        return "/findings/" + number(task);
    }

    @Override
    public Brief brief(DelegateTask task) {
        return brief(number(task));
    }

    Brief brief(long number) {
        Finding finding = findings.get(number);
        Brief brief = facts(Brief.of("What is this finding of " + finding.tool() + "?"), finding);
        findings.triages(number).stream()
                .findFirst()
                .filter(triage -> triage.state() == Triage.State.REJECTED)
                .ifPresent(rejected ->
                        brief.fact("Rejected before", rejected.decisionReason().orElse("")));
        return brief;
    }

    static Brief facts(Brief brief, Finding finding) {
        return brief.fact("System", finding.system())
                .fact("Rule", finding.rule())
                .fact("Severity", finding.severity().toLowerCase(java.util.Locale.ROOT))
                .fact("Place", finding.line() > 0 ? finding.path() + ", line " + finding.line() : finding.path())
                .fact("What the tool says", finding.message())
                .fact("First seen", finding.firstSeenAt())
                .fact("Suppression asked for by the tool", finding.requested() ? "yes" : "no");
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        Triage.Verdict verdict = submission.requireChoice("triageVerdict", Triage.Verdict.class);
        findings.propose(
                number(task),
                new Triage.Proposal(
                        verdict,
                        verdict == Triage.Verdict.ACCEPTED
                                ? Optional.of(
                                        submission.requireChoice("triageJustification", Triage.Justification.class))
                                : Optional.empty(),
                        submission.requireText("triageReason", LONGEST),
                        submission.text("triageEvidence", LONGEST).orElse(""),
                        verdict.suppresses()
                                ? submission.requireChoice("triageScope", Triage.Scope.class)
                                : Triage.Scope.SYSTEM,
                        verdict.suppresses()
                                ? Optional.of(submission.requireInstant("triageExpires"))
                                : Optional.empty()),
                submission.person());
    }

    static long number(DelegateTask task) {
        return Long.parseLong(TriageFindingProcess.FINDING.require(task.getExecution()));
    }
}
