package io.slipway.quality.process;

import io.slipway.quality.board.BoardVote;
import io.slipway.quality.board.BoardVotes;
import io.slipway.release.ReleaseScope;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_openVote}: opens the vote and tells the board. Run twice, it finds the vote of the first time. */
@Component
class OpenVoteDelegate implements JavaDelegate {

    private final BoardVotes votes;
    private final ReleaseScope scope;

    OpenVoteDelegate(BoardVotes votes, ReleaseScope scope) {
        this.votes = votes;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        BoardVote vote = votes.open(scope.of(execution), VoteOnDefectsProcess.ENVIRONMENT.require(execution));
        VoteOnDefectsProcess.VOTE.set(execution, String.valueOf(vote.number()));
        VoteOnDefectsProcess.VOTE_ENDS.set(execution, Date.from(vote.endsAt()));
    }
}
