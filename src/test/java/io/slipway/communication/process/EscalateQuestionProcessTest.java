package io.slipway.communication.process;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.communication.EscalationLadder;
import io.slipway.communication.Question;
import io.slipway.platform.process.ModelEngine;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseScope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.bpm.engine.test.assertions.ProcessEngineTests;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Deployment(resources = "bpmn/communication/escalate-question.bpmn")
@Capability("6.5")
class EscalateQuestionProcessTest {

    private static final String TASK = "userTask_decideQuestion";
    private static final Instant LATER = Instant.parse("2999-03-02T09:00:00Z");
    private static final Release RELEASE = ReleaseFixture.storefront240();
    private static final ReleaseScope SCOPE = ReleaseFixture.scopeOf(RELEASE);
    private static final EscalationLadder LADDER = mock(EscalationLadder.class);
    private static final ModelEngine ENGINE = ModelEngine.of(
            "escalate-question",
            new AskRungDelegate(LADDER, SCOPE),
            new DecideQuestionTask(LADDER, SCOPE),
            new ReturnDecisionDelegate(LADDER, SCOPE));

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension();

    @BeforeEach
    void begin() {
        reset(LADDER);
        when(LADDER.askNext(7)).thenReturn(LATER);
        when(LADDER.asked(question())).thenReturn("Release manager");
        when(LADDER.get(7)).thenReturn(question());
        ENGINE.begin();
        ProcessEngineTests.init(ENGINE.engine());
    }

    private static Question question() {
        return new Question(
                7,
                "storefront-2.4.0/dependency/1",
                "storefront-2.4.0",
                Optional.of("payments-1.0.0"),
                "Can it count on payments?",
                List.of("It is needed on Monday."),
                1,
                Optional.of(LATER),
                LATER,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static ProcessInstance started() {
        ProcessInstance instance = ENGINE.start(
                EscalateQuestionProcess.KEY, Map.of("releaseId", RELEASE.id().toString(), "questionId", "7"));
        ENGINE.runJobs("startEvent_questionRaised", "serviceTask_askRung");
        return instance;
    }

    private static void decide() {
        ENGINE.complete(
                "p-mara",
                "release-manager",
                TASK,
                Map.of("questionDecision", "Payments comes first.", "questionReason", "It blocks two others."));
    }

    @Test
    void takesTheDecisionOfTheForumBackToTheReleases() {
        ProcessInstance instance = started();
        decide();
        ENGINE.runJob("serviceTask_returnDecision");

        assertThat(instance).isEnded();
        verify(LADDER).decide(7, "p-mara", "Payments comes first.", "It blocks two others.");
        verify(LADDER).returnDecision(7);
    }

    @Test
    void climbsWhenARungIsSilentAndWhenTheQuestionIsRaisedAgain() {
        ProcessInstance instance = started();
        ENGINE.runJob("event_rungSilent");
        ENGINE.runJob("serviceTask_askRung");
        assertThat(instance).isWaitingAt(TASK);
        ENGINE.engine()
                .getRuntimeService()
                .createMessageCorrelation(EscalateQuestionProcess.RAISED_AGAIN)
                .processInstanceId(instance.getId())
                .correlate();
        ENGINE.runJob("serviceTask_askRung");

        assertThat(instance).isWaitingAt(TASK);
        verify(LADDER, times(3)).askNext(7);
    }

    @Test
    void endsWhenNoAnswerIsNeededAnyMore() {
        ProcessInstance instance = started();
        ENGINE.engine()
                .getRuntimeService()
                .createMessageCorrelation(EscalateQuestionProcess.WITHDRAWN)
                .processInstanceId(instance.getId())
                .correlate();

        assertThat(instance).isEnded();
    }

    @Test
    void keepsTheTaskWhileTheDecisionHasNoReason() {
        ProcessInstance instance = started();

        assertThatThrownBy(() ->
                        ENGINE.complete("p-mara", "release-manager", TASK, Map.of("questionDecision", "Payments.")))
                .hasMessageContaining("questionReason");
        assertThat(instance).isWaitingAt(TASK);
    }
}
