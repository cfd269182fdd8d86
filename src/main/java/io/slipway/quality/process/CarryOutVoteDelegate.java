package io.slipway.quality.process;

import io.slipway.quality.board.BoardVotes;
import io.slipway.release.ReleaseScope;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Behind {@code serviceTask_carryOutVote}: asks for what the board decided, once the release can. What is asked for is recorded in the
 * transaction of this step; run twice, it finds that and asks for nothing.
 */
@Component
class CarryOutVoteDelegate implements JavaDelegate {

    private final BoardVotes votes;
    private final ReleaseScope scope;

    CarryOutVoteDelegate(BoardVotes votes, ReleaseScope scope) {
        this.votes = votes;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        boolean done = votes.carryOut(scope.of(execution), Long.parseLong(CarryOutVoteProcess.VOTE.require(execution)));
        CarryOutVoteProcess.CARRIED_OUT.set(execution, done);
        CarryOutVoteProcess.TRY_AGAIN.set(execution, votes.tryAgain().toString());
    }
}
