package io.slipway.release.process;

import io.slipway.platform.process.ProcessKeys;
import io.slipway.platform.process.StepObserver;
import io.slipway.release.Release;
import io.slipway.release.ReleaseScope;
import io.slipway.release.ReleaseState;
import io.slipway.release.Releases;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/**
 * Follows the token of the spine: entering a step of it means entering a state of the release. That production is touched is not
 * believed of a token, which anybody who operates can move: the deployment says so when it is let through, and only then the steps
 * after it count.
 */
@Component
class ReleaseStates implements StepObserver {

    private static final Set<String> PROCESSES = Set.of(RunReleaseProcess.KEY, AuthoriseChangeProcess.KEY);

    private static final Map<String, ReleaseState> STATES = Map.ofEntries(
            Map.entry("callActivity_scopeRelease", ReleaseState.DRAFT),
            Map.entry("callActivity_scheduleRelease", ReleaseState.PLANNED),
            Map.entry("callActivity_handOverDevelopment", ReleaseState.IN_BUILD),
            Map.entry("callActivity_packageRelease", ReleaseState.IN_BUILD),
            Map.entry("callActivity_promoteToEnvironment", ReleaseState.IN_TEST),
            Map.entry("callActivity_approveChange", ReleaseState.AWAITING_APPROVAL),
            Map.entry("callActivity_confirmReadiness", ReleaseState.SCHEDULED),
            Map.entry("callActivity_rescheduleRelease", ReleaseState.PLANNED),
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
        if (!PROCESSES.contains(ProcessKeys.of(execution.getProcessDefinitionId()))) {
            return;
        }
        ReleaseState state = STATES.get(execution.getCurrentActivityId());
        if (state != null) {
            Release release = scope.of(execution);
            if (!state.touchesProduction() || release.state().touchesProduction()) {
                releases.enter(release.id(), state);
            }
        }
    }

    /** What ends with a step of the spine that was done, and not given up. */
    @Override
    public void left(DelegateExecution execution) {
        if (execution.isCanceled()
                || !RunReleaseProcess.KEY.equals(ProcessKeys.of(execution.getProcessDefinitionId()))) {
            return;
        }
        switch (execution.getCurrentActivityId()) {
            case "callActivity_rollBackRelease" ->
                releases.rolledBack(scope.of(execution).id());
            case "event_hypercareEnds" ->
                releases.hypercareEnded(scope.of(execution).id());
            default -> {
                // Other steps end nothing that others wait to hear of.
            }
        }
    }
}
