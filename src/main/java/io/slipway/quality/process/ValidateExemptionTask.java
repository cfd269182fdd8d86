package io.slipway.quality.process;

import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.quality.exemptions.Exemptions;
import io.slipway.release.Release;
import io.slipway.release.ReleaseScope;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_validateExemption}: quality assurance shows that what was skipped is made up for. */
@Component
class ValidateExemptionTask implements UserTaskHandler {

    private final Exemptions exemptions;
    private final ReleaseScope scope;

    ValidateExemptionTask(Exemptions exemptions, ReleaseScope scope) {
        this.exemptions = exemptions;
        this.scope = scope;
    }

    @Override
    public String process() {
        return GrantExemptionProcess.KEY;
    }

    @Override
    public String task() {
        return GrantExemptionProcess.Element.VALIDATE_EXEMPTION.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("validationEvidence");
    }

    @Override
    public Brief brief(DelegateTask task) {
        return brief(scope.of(task.getExecution()), GrantExemptionTask.number(task));
    }

    Brief brief(Release release, long number) {
        return GrantExemptionTask.facts(
                Brief.of("What shows that nothing was lost by skipping this?"),
                release,
                exemptions.get(release, number));
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        exemptions.validate(
                scope.of(task.getExecution()),
                GrantExemptionTask.number(task),
                submission.requireText("validationEvidence", 2000),
                submission.person());
    }
}
