package io.slipway.governance.process;

import io.slipway.governance.adherence.AdherenceReviews;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_reviewAdherence}: reviews what ended since the last time. Run twice, each release is reviewed once. */
@Component
class ReviewAdherenceDelegate implements JavaDelegate {

    private final AdherenceReviews reviews;

    ReviewAdherenceDelegate(AdherenceReviews reviews) {
        this.reviews = reviews;
    }

    @Override
    public void execute(DelegateExecution execution) {
        reviews.review();
        ReviewAdherenceProcess.REVIEWS_GO_ON.set(execution, reviews.goOn());
        ReviewAdherenceProcess.NEXT_REVIEW_AT.set(execution, reviews.next().toString());
    }
}
