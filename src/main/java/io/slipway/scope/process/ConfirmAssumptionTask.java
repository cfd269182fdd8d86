package io.slipway.scope.process;

import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.platform.security.People;
import io.slipway.release.Release;
import io.slipway.release.ReleaseScope;
import io.slipway.scope.Assumptions;
import java.util.List;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_confirmAssumption}: a person says whether an assumption still holds. */
@Component
class ConfirmAssumptionTask implements UserTaskHandler {

    private final Assumptions assumptions;
    private final ReleaseScope scope;
    private final People people;

    ConfirmAssumptionTask(Assumptions assumptions, ReleaseScope scope, People people) {
        this.assumptions = assumptions;
        this.scope = scope;
        this.people = people;
    }

    /** What a person says. */
    enum Verdict {
        HOLDS,
        REFUTED
    }

    @Override
    public String process() {
        return VerifyAssumptionProcess.KEY;
    }

    @Override
    public String task() {
        return VerifyAssumptionProcess.Element.CONFIRM_ASSUMPTION.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("assumptionVerdict", "assumptionValidUntil", "assumptionEvidence");
    }

    @Override
    public String page(DelegateTask task) {
        return "/releases/" + task.getExecution().getProcessBusinessKey() + "/scope";
    }

    @Override
    public Brief brief(DelegateTask task) {
        Release release = scope.of(task.getExecution());
        Assumptions.Assumption assumption =
                assumptions.get(release, VerifyAssumptionProcess.ASSUMPTION_NUMBER.require(task));
        return Brief.of("Does what " + release.key() + " assumes still hold?")
                .fact("Release", release.title())
                .fact("Assumption", assumption.statement())
                .fact("Of whom", assumption.party())
                .fact("Owner", people.name(assumption.owner()))
                .fact("State", assumption.state().label())
                .fact("Found", assumption.finding())
                .fact("Good until", assumption.validUntil())
                .fact("If it is wrong", assumption.impact())
                .fact(
                        "Tasks that wait",
                        assumption.dependingTasks().stream()
                                .map(Assumptions::named)
                                .collect(Collectors.joining(", ")));
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        boolean holds = submission.requireChoice("assumptionVerdict", Verdict.class) == Verdict.HOLDS;
        assumptions.confirm(
                scope.of(task.getExecution()),
                VerifyAssumptionProcess.ASSUMPTION_NUMBER.require(task),
                submission.person(),
                holds,
                holds ? submission.requireInstant("assumptionValidUntil") : null,
                submission.requireText("assumptionEvidence", 2000));
    }
}
