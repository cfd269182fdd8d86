package io.slipway.validation.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.camunda.bpm.engine.test.assertions.ProcessEngineTests.init;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.platform.process.ModelEngine;
import io.slipway.platform.process.TaskRefused;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseScope;
import io.slipway.validation.process.ReviewReleaseProcess.Element;
import io.slipway.validation.review.Reviews;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The model {@code review-release} with its delegate and task; what reviews do is told by a mock. */
@Deployment(resources = {"bpmn/validation/review-release.bpmn", "forms/validation/hold-review.form"})
@Capability("7.4")
class ReviewReleaseProcessTest {

    private static final Release RELEASE = ReleaseFixture.storefront240();
    private static final ReleaseScope SCOPE = ReleaseFixture.scopeOf(RELEASE);
    private static final Reviews REVIEWS = mock(Reviews.class);

    private static final ModelEngine ENGINE = ModelEngine.of(
            "review-release", new AssembleTimelineDelegate(REVIEWS, SCOPE), new HoldReviewTask(REVIEWS, SCOPE));

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension();

    @BeforeEach
    void begin() {
        reset(REVIEWS);
        when(REVIEWS.find(RELEASE)).thenReturn(Optional.empty());
        when(REVIEWS.points(RELEASE)).thenReturn(List.of());
        ENGINE.begin();
        init(ENGINE.engine());
    }

    private static ProcessInstance started() {
        ProcessInstance review = ENGINE.start(
                ReviewReleaseProcess.KEY, Map.of("releaseId", RELEASE.id().toString()));
        ENGINE.runJobs(Element.REVIEW_OPENED.id(), Element.ASSEMBLE_TIMELINE.id());
        return review;
    }

    @Test
    void endsWithASummaryOverTheTimeline() {
        ProcessInstance review = started();
        verify(REVIEWS).assemble(RELEASE);

        ENGINE.complete(
                "p-rita",
                "release-manager",
                Element.HOLD_REVIEW.id(),
                Map.of("reviewSummary", "A cache was cold.", "noActionReason", "It is warm now."));

        verify(REVIEWS).conclude(RELEASE, "p-rita", "A cache was cold.", "It is warm now.");
        assertThat(ENGINE.engine()
                        .getRuntimeService()
                        .createProcessInstanceQuery()
                        .processInstanceId(review.getId())
                        .count())
                .isZero();
    }

    @Test
    void staysOpenWhileNobodySaidWhatContributed() {
        started();
        doThrow(new Refused("reviewSummary", "Please add what contributed."))
                .when(REVIEWS)
                .conclude(any(), any(), any(), any());

        assertThatExceptionOfType(TaskRefused.class)
                .isThrownBy(() -> ENGINE.complete(
                        "p-rita", "release-manager", Element.HOLD_REVIEW.id(), Map.of("reviewSummary", "Nothing.")))
                .withMessageContaining("what contributed");
    }
}
