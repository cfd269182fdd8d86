package io.slipway.quality.process;

import io.slipway.quality.board.BoardVote;
import io.slipway.quality.board.BoardVotes;
import io.slipway.release.ReleaseScope;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Behind {@code serviceTask_concludeVote}: counts the ballots and does what they say. Run twice, it finds what was decided the first
 * time.
 */
@Component
class ConcludeVoteDelegate implements JavaDelegate {

    private final BoardVotes votes;
    private final ReleaseScope scope;

    ConcludeVoteDelegate(BoardVotes votes, ReleaseScope scope) {
        this.votes = votes;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        BoardVote vote =
                votes.conclude(scope.of(execution), Long.parseLong(VoteOnDefectsProcess.VOTE.require(execution)));
        VoteOnDefectsProcess.WAIVER_VERDICT.set(
                execution, vote.outcome().filter(BoardVote.Outcome.SHIP::equals).isPresent() ? "GRANTED" : "REFUSED");
    }
}
