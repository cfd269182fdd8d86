package io.slipway.communication.process;

import io.slipway.communication.Delays;
import io.slipway.release.ReleaseScope;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_reviewDelay}: looks whether the release is still late. Run twice, it tells what is then so. */
@Component
class ReviewDelayDelegate implements JavaDelegate {

    private final Delays delays;
    private final ReleaseScope scope;

    ReviewDelayDelegate(Delays delays, ReleaseScope scope) {
        this.delays = delays;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Delays.Review review =
                delays.review(scope.of(execution), Long.parseLong(AnnounceDelayProcess.DELAY_ID.require(execution)));
        AnnounceDelayProcess.DELAY_VERDICT.set(execution, review.verdict().name());
        AnnounceDelayProcess.UPDATE_DUE_AT.set(execution, Date.from(review.confirmUntil()));
    }
}
