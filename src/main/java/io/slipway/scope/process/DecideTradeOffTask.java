package io.slipway.scope.process;

import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.platform.security.People;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseScope;
import io.slipway.scope.TradeOffs;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_decideTradeOff}: a release manager takes an option where the owners do not agree. */
@Component
class DecideTradeOffTask implements UserTaskHandler {

    private final TradeOffs tradeOffs;
    private final ReleaseScope scope;
    private final People people;

    DecideTradeOffTask(TradeOffs tradeOffs, ReleaseScope scope, People people) {
        this.tradeOffs = tradeOffs;
        this.scope = scope;
        this.people = people;
    }

    /** What is decided. */
    enum Decision {
        TAKE,
        NONE
    }

    @Override
    public String process() {
        return NegotiateTradeOffProcess.KEY;
    }

    @Override
    public String task() {
        return NegotiateTradeOffProcess.Element.DECIDE_TRADE_OFF.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("tradeOffDecision", "takenOption", "decisionReason");
    }

    @Override
    public Set<String> lists() {
        return Set.of("takenOption");
    }

    @Override
    public String page(DelegateTask task) {
        return "/releases/" + task.getExecution().getProcessBusinessKey() + "/scope";
    }

    @Override
    public Brief brief(DelegateTask task) {
        Release release = scope.of(task.getExecution());
        return TradeOffBrief.of(
                "Which way out is taken for " + release.key() + "?",
                release,
                tradeOffs.standing(release, NegotiateTradeOffProcess.TRADE_OFF_NUMBER.require(task)),
                people);
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        Decision decision = submission.requireChoice("tradeOffDecision", Decision.class);
        tradeOffs.decide(
                scope.of(task.getExecution()),
                NegotiateTradeOffProcess.TRADE_OFF_NUMBER.require(task),
                submission.person(),
                decision == Decision.TAKE ? Optional.of(one(submission)) : Optional.empty(),
                submission.requireText("decisionReason", 2000));
    }

    private static String one(Submission submission) {
        List<String> ticked = submission.choices("takenOption");
        if (ticked.size() != 1) {
            throw new Refused("takenOption", "Please tick exactly one option (takenOption).");
        }
        return ticked.get(0);
    }
}
