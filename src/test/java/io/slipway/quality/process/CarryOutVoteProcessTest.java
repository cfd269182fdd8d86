package io.slipway.quality.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.platform.process.ModelEngine;
import io.slipway.quality.board.BoardVotes;
import io.slipway.release.Release;
import io.slipway.release.ReleaseScope;
import java.time.Duration;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The model {@code carry-out-vote} with its delegate; whether the release can is told by a mock. */
@Deployment(resources = "bpmn/quality/carry-out-vote.bpmn")
@Capability("4.5")
class CarryOutVoteProcessTest {

    private static final BoardVotes VOTES = mock(BoardVotes.class);
    private static final ReleaseScope SCOPE = mock(ReleaseScope.class);
    private static final Release RELEASE = mock(Release.class);
    private static final ModelEngine ENGINE =
            ModelEngine.of(CarryOutVoteProcess.KEY, new CarryOutVoteDelegate(VOTES, SCOPE));

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension();

    @BeforeEach
    void begin() {
        reset(VOTES, SCOPE);
        when(SCOPE.of(any())).thenReturn(RELEASE);
        when(VOTES.tryAgain()).thenReturn(Duration.ofMinutes(1));
        ENGINE.begin();
    }

    @Test
    void triesAgainUntilTheReleaseCan() {
        when(VOTES.carryOut(RELEASE, 7)).thenReturn(false);
        ProcessInstance vote = ENGINE.start(CarryOutVoteProcess.KEY, Map.of(CarryOutVoteProcess.VOTE.name(), "7"));
        ENGINE.runJobs("startEvent_boardDecided", "serviceTask_carryOutVote", "event_nextTryDue");

        when(VOTES.carryOut(RELEASE, 7)).thenReturn(true);
        ENGINE.runJob("serviceTask_carryOutVote");

        verify(VOTES, times(2)).carryOut(RELEASE, 7);
        assertThat(ENGINE.engine()
                        .getRuntimeService()
                        .createProcessInstanceQuery()
                        .processInstanceId(vote.getProcessInstanceId())
                        .count())
                .isZero();
    }
}
