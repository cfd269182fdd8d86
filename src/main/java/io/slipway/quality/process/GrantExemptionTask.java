package io.slipway.quality.process;

import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.quality.exemptions.Exemption;
import io.slipway.quality.exemptions.Exemptions;
import io.slipway.release.Part;
import io.slipway.release.Release;
import io.slipway.release.ReleaseScope;
import io.slipway.release.SeparatedTask;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_grantExemption}: a change authority grants or refuses an exemption, and becomes an approver. */
@Component
class GrantExemptionTask implements UserTaskHandler, SeparatedTask {

    private enum Answer {
        GRANTED,
        REFUSED
    }

    private final Exemptions exemptions;
    private final ReleaseScope scope;

    GrantExemptionTask(Exemptions exemptions, ReleaseScope scope) {
        this.exemptions = exemptions;
        this.scope = scope;
    }

    @Override
    public String process() {
        return GrantExemptionProcess.KEY;
    }

    @Override
    public String task() {
        return GrantExemptionProcess.Element.GRANT_EXEMPTION.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("exemptionVerdict", "exemptionReason");
    }

    @Override
    public Part part() {
        return Part.APPROVER;
    }

    @Override
    public Brief brief(DelegateTask task) {
        return brief(scope.of(task.getExecution()), number(task));
    }

    Brief brief(Release release, long number) {
        return facts(Brief.of("May " + release.key() + " skip this?"), release, exemptions.get(release, number));
    }

    static Brief facts(Brief brief, Release release, Exemption exemption) {
        return brief.fact("Release", release.key() + ", " + release.title())
                .fact("What is skipped", exemption.skipped())
                .fact("Compensating control", exemption.compensatingControl())
                .fact("What is checked afterwards", exemption.validation())
                .fact("To be checked until", exemption.validateBy());
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        Answer answer = submission.requireChoice("exemptionVerdict", Answer.class);
        exemptions.decide(
                scope.of(task.getExecution()),
                number(task),
                answer == Answer.GRANTED,
                submission.requireText("exemptionReason", 2000),
                submission.person());
        GrantExemptionProcess.EXEMPTION_VERDICT.set(task.getExecution(), answer.name());
    }

    static long number(DelegateTask task) {
        return Long.parseLong(GrantExemptionProcess.EXEMPTION.require(task.getExecution()));
    }
}
