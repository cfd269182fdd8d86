package io.slipway.release.process;

import io.slipway.platform.process.ProcessKeys;
import io.slipway.platform.process.StepObserver;
import io.slipway.release.ReleaseAction;
import io.slipway.release.ReleaseScope;
import io.slipway.release.Releases;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/**
 * Lets a message move the spine only if it was asked for on the page of the release, by somebody who may, with a reason: whoever sends
 * the message by other ways, or moves a token there, is refused, and nothing moves.
 */
@Component
class RequestedSteps implements StepObserver {

    private static final Map<String, ReleaseAction> ACTIONS = Map.of(
            RunReleaseProcess.Element.CONTENT_CHANGED.id(), ReleaseAction.CONTENT_CHANGE,
            RunReleaseProcess.Element.CONTENT_CHANGED_LATE.id(), ReleaseAction.CONTENT_CHANGE,
            RunReleaseProcess.Element.RESCHEDULE_REQUESTED.id(), ReleaseAction.RESCHEDULE,
            RunReleaseProcess.Element.ROLLBACK_REQUESTED.id(), ReleaseAction.ROLLBACK,
            RunReleaseProcess.Element.CANCEL_REQUESTED.id(), ReleaseAction.CANCEL,
            RunReleaseProcess.Element.HOLD_REQUESTED.id(), ReleaseAction.HOLD);

    private final Releases releases;
    private final ReleaseScope scope;

    RequestedSteps(Releases releases, ReleaseScope scope) {
        this.releases = releases;
        this.scope = scope;
    }

    @Override
    public void entered(DelegateExecution execution) {
        ReleaseAction action = ACTIONS.get(execution.getCurrentActivityId());
        if (action != null && ProcessKeys.of(execution.getProcessDefinitionId()).equals(RunReleaseProcess.KEY)) {
            releases.actOn(scope.of(execution).id(), action);
        }
    }
}
