package io.slipway.release.process;

import io.slipway.platform.process.ProcessKeys;
import io.slipway.platform.process.StepObserver;
import io.slipway.release.ReleaseScope;
import io.slipway.release.ReleaseState;
import io.slipway.release.Releases;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Follows the token of the spine: entering a step of it means entering a state of the release. */
@Component
class ReleaseStates implements StepObserver {

    private static final Map<String, ReleaseState> STATES = Map.ofEntries(
            Map.entry("callActivity_scopeRelease", ReleaseState.DRAFT),
            Map.entry("callActivity_scheduleRelease", ReleaseState.PLANNED),
            Map.entry("callActivity_handOverDevelopment", ReleaseState.IN_BUILD),
            Map.entry("callActivity_packageRelease", ReleaseState.IN_BUILD),
            Map.entry("callActivity_promoteToEnvironment", ReleaseState.IN_TEST),
            Map.entry("callActivity_approveChange", ReleaseState.AWAITING_APPROVAL),
            Map.entry("callActivity_confirmReadiness", ReleaseState.SCHEDULED),
            Map.entry("callActivity_rescheduleRelease", ReleaseState.PLANNED),
            Map.entry("callActivity_deployRelease", ReleaseState.DEPLOYING),
            Map.entry("callActivity_validateRelease", ReleaseState.VALIDATING),
            Map.entry("event_hypercareEnds", ReleaseState.HYPERCARE),
            Map.entry("callActivity_rollBackRelease", ReleaseState.ROLLING_BACK));

    private final Releases releases;
    private final ReleaseScope scope;

    ReleaseStates(Releases releases, ReleaseScope scope) {
        this.releases = releases;
        this.scope = scope;
    }

    @Override
    public void entered(DelegateExecution execution) {
        if (!ProcessKeys.of(execution.getProcessDefinitionId()).equals(RunReleaseProcess.KEY)) {
            return;
        }
        ReleaseState state = STATES.get(execution.getCurrentActivityId());
        if (state != null) {
            releases.enter(scope.of(execution).id(), state);
        }
    }
}
