package io.slipway.validation.process;

import io.slipway.release.ReleaseScope;
import io.slipway.validation.review.Reviews;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_assembleTimeline}: puts the timeline of the release together. Run twice, the first one stays. */
@Component
class AssembleTimelineDelegate implements JavaDelegate {

    private final Reviews reviews;
    private final ReleaseScope scope;

    AssembleTimelineDelegate(Reviews reviews, ReleaseScope scope) {
        this.reviews = reviews;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        reviews.assemble(scope.of(execution));
    }
}
