package io.slipway.governance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.governance.adherence.AdherenceReviews;
import io.slipway.governance.process.ReviewAdherenceProcess.Element;
import io.slipway.platform.process.ModelEngine;
import java.time.Instant;
import java.util.Map;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The model {@code review-adherence} with its delegate. */
@Deployment(resources = "bpmn/governance/review-adherence.bpmn")
@Capability("8.5")
class ReviewAdherenceProcessTest {

    private static final AdherenceReviews REVIEWS = mock(AdherenceReviews.class);
    private static final ModelEngine ENGINE = ModelEngine.of("review-adherence", new ReviewAdherenceDelegate(REVIEWS));

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension();

    @BeforeEach
    void begin() {
        reset(REVIEWS);
        when(REVIEWS.next()).thenReturn(Instant.parse("2030-01-01T00:00:00Z"));
        ENGINE.begin();
    }

    @Test
    void reviewsAgainAndAgainUntilReviewsEnd() {
        when(REVIEWS.goOn()).thenReturn(true, false);
        ENGINE.start(ReviewAdherenceProcess.KEY, Map.of());
        ENGINE.runJobs(
                Element.REVIEWS_OPENED.id(),
                Element.REVIEW_ADHERENCE.id(),
                Element.NEXT_REVIEW_DUE.id(),
                Element.REVIEW_ADHERENCE.id());

        verify(REVIEWS, times(2)).review();
        assertThat(ENGINE.engine()
                        .getRuntimeService()
                        .createProcessInstanceQuery()
                        .count())
                .isZero();
    }
}
