package io.slipway.validation.process;

import io.slipway.release.ReleaseScope;
import io.slipway.validation.feedback.Feedback;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_linkFeedback}: proposes what may come from the release. Run twice, nothing is proposed twice. */
@Component
class LinkFeedbackDelegate implements JavaDelegate {

    private final Feedback feedback;
    private final ReleaseScope scope;

    LinkFeedbackDelegate(Feedback feedback, ReleaseScope scope) {
        this.feedback = feedback;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        feedback.link(scope.of(execution));
    }
}
