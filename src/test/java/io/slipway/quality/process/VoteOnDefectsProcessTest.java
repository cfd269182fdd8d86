package io.slipway.quality.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.platform.process.ModelEngine;
import io.slipway.quality.board.BoardVote;
import io.slipway.quality.board.BoardVotes;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseScope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The model {@code vote-on-defects} with its delegates; what the board says is told by mocks. */
@Deployment(resources = "bpmn/quality/vote-on-defects.bpmn")
@Capability("4.5")
class VoteOnDefectsProcessTest {

    private static final Release RELEASE = ReleaseFixture.storefront240();
    private static final ReleaseScope SCOPE = ReleaseFixture.scopeOf(RELEASE);
    private static final BoardVotes VOTES = mock(BoardVotes.class);
    private static final ModelEngine ENGINE = ModelEngine.of(
            VoteOnDefectsProcess.KEY, new OpenVoteDelegate(VOTES, SCOPE), new ConcludeVoteDelegate(VOTES, SCOPE));

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension();

    @BeforeEach
    void begin() {
        reset(VOTES);
        BoardVote open = vote(Optional.empty());
        when(VOTES.open(RELEASE, "staging")).thenReturn(open);
        ENGINE.begin();
    }

    @Test
    void endsAsSoonAsAQuorumAgrees() {
        concludes(BoardVote.Outcome.SHIP);
        ProcessInstance vote = opened();

        ENGINE.engine()
                .getRuntimeService()
                .createMessageCorrelation(VoteOnDefectsProcess.VOTE_AGREED)
                .processInstanceVariableEquals(VoteOnDefectsProcess.VOTE.name(), "3")
                .correlate();
        ENGINE.runJob("serviceTask_concludeVote");

        verify(VOTES).conclude(RELEASE, 3);
        assertThat(verdict(vote)).isEqualTo("GRANTED");
    }

    @Test
    void endsWithItsTimeBoxAndPassesNothingWithoutADecision() {
        concludes(BoardVote.Outcome.NONE);
        ProcessInstance vote = opened();

        ENGINE.runJobs("event_timeBoxEnded", "serviceTask_concludeVote");

        assertThat(verdict(vote)).isEqualTo("REFUSED");
    }

    private static void concludes(BoardVote.Outcome outcome) {
        BoardVote concluded = vote(Optional.of(outcome));
        when(VOTES.conclude(RELEASE, 3)).thenReturn(concluded);
    }

    private static ProcessInstance opened() {
        ProcessInstance vote = ENGINE.start(
                VoteOnDefectsProcess.KEY,
                Map.of(
                        VoteOnDefectsProcess.RELEASE_ID.name(),
                        RELEASE.id().toString(),
                        VoteOnDefectsProcess.ENVIRONMENT.name(),
                        "staging"));
        ENGINE.runJobs("startEvent_voteNeeded", "serviceTask_openVote");
        return vote;
    }

    private static Object verdict(ProcessInstance vote) {
        HistoricVariableInstance verdict = ENGINE.engine()
                .getHistoryService()
                .createHistoricVariableInstanceQuery()
                .processInstanceId(vote.getProcessInstanceId())
                .variableName(VoteOnDefectsProcess.WAIVER_VERDICT.name())
                .singleResult();
        return verdict.getValue();
    }

    private static BoardVote vote(Optional<BoardVote.Outcome> outcome) {
        return new BoardVote(
                3,
                RELEASE.key(),
                "staging",
                1,
                "Ship it?",
                Instant.EPOCH,
                Instant.parse("2999-01-01T00:00:00Z"),
                2,
                outcome,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
