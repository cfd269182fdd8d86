package io.slipway.validation.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.platform.process.ModelEngine;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseScope;
import io.slipway.validation.feedback.Feedback;
import io.slipway.validation.process.CollectFeedbackProcess.Element;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The model {@code collect-feedback} with its delegate and task; what is linked is told by a mock. */
@Deployment(resources = {"bpmn/validation/collect-feedback.bpmn", "forms/validation/judge-feedback.form"})
@Capability("7.3")
class CollectFeedbackProcessTest {

    private static final Release RELEASE = ReleaseFixture.storefront240();
    private static final ReleaseScope SCOPE = ReleaseFixture.scopeOf(RELEASE);
    private static final Feedback FEEDBACK = mock(Feedback.class);
    private static final Date DUE = Date.from(Instant.parse("2030-01-04T00:00:00Z"));

    private static final ModelEngine ENGINE = ModelEngine.of(
            "collect-feedback", new LinkFeedbackDelegate(FEEDBACK, SCOPE), new JudgeFeedbackTask(FEEDBACK, SCOPE));

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension();

    @BeforeEach
    void begin() {
        reset(FEEDBACK);
        when(FEEDBACK.links(RELEASE)).thenReturn(List.of());
        when(FEEDBACK.collection(RELEASE)).thenReturn(Optional.empty());
        ENGINE.begin();
    }

    @Test
    void asksTheServiceDeskWhenTheTimeHasCome() {
        ProcessInstance collection = ENGINE.start(
                CollectFeedbackProcess.KEY,
                Map.of("releaseId", RELEASE.id().toString(), CollectFeedbackProcess.FEEDBACK_DUE.name(), DUE));
        ENGINE.runJob(Element.FEEDBACK_OPENED.id());
        Job timer = ENGINE.engine().getManagementService().createJobQuery().singleResult();
        assertThat(timer.getDuedate()).isEqualTo(DUE);
        verify(FEEDBACK, never()).link(RELEASE);

        ENGINE.runJobs(Element.FEEDBACK_DUE.id(), Element.LINK_FEEDBACK.id());
        ENGINE.complete(
                "p-sam",
                "service-desk",
                Element.JUDGE_FEEDBACK.id(),
                Map.of("feedbackNote", "They like the discount."));

        verify(FEEDBACK).link(RELEASE);
        verify(FEEDBACK).sumUp(RELEASE, "p-sam", "They like the discount.");
        assertThat(ENGINE.engine()
                        .getRuntimeService()
                        .createProcessInstanceQuery()
                        .processInstanceId(collection.getId())
                        .count())
                .isZero();
    }
}
