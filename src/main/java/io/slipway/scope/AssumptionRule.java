package io.slipway.scope;

import io.slipway.platform.process.Submission;
import io.slipway.platform.process.TaskRefused;
import io.slipway.platform.process.TaskRule;
import io.slipway.platform.process.UserTaskHandler;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Lets nobody complete a task that depends on an assumption which does not hold. */
@Component
class AssumptionRule implements TaskRule {

    private final Assumptions assumptions;

    AssumptionRule(Assumptions assumptions) {
        this.assumptions = assumptions;
    }

    @Override
    public void check(DelegateTask task, UserTaskHandler handler, Submission submission) {
        String key = task.getExecution().getProcessBusinessKey();
        List<Assumptions.Assumption> pausing =
                key == null ? List.of() : assumptions.pausing(key, task.getTaskDefinitionKey());
        if (!pausing.isEmpty()) {
            Assumptions.Assumption first = pausing.get(0);
            throw new TaskRefused("This task waits, as assumption " + first.number() + " ('" + first.statement()
                    + "', " + first.party() + ") is " + first.state().label().toLowerCase(java.util.Locale.ROOT)
                    + "; please have it confirmed or withdrawn on the page of the scope.");
        }
    }
}
