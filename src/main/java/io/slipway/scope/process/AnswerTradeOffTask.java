package io.slipway.scope.process;

import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.platform.security.People;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseScope;
import io.slipway.scope.TradeOffs;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_answerTradeOff}: one owner says what is acceptable. */
@Component
class AnswerTradeOffTask implements UserTaskHandler {

    private final TradeOffs tradeOffs;
    private final ReleaseScope scope;
    private final People people;

    AnswerTradeOffTask(TradeOffs tradeOffs, ReleaseScope scope, People people) {
        this.tradeOffs = tradeOffs;
        this.scope = scope;
        this.people = people;
    }

    @Override
    public String process() {
        return NegotiateTradeOffProcess.KEY;
    }

    @Override
    public String task() {
        return NegotiateTradeOffProcess.Element.ANSWER_TRADE_OFF.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("tradeOffAnswer", "acceptedOptions", "counterCapacity", "counterTarget", "answerReason");
    }

    @Override
    public Set<String> lists() {
        return Set.of("acceptedOptions");
    }

    @Override
    public String page(DelegateTask task) {
        return "/releases/" + task.getExecution().getProcessBusinessKey() + "/scope";
    }

    @Override
    public Brief brief(DelegateTask task) {
        Release release = scope.of(task.getExecution());
        return TradeOffBrief.of(
                        "Which way out is acceptable for " + release.key() + "?",
                        release,
                        tradeOffs.standing(release, NegotiateTradeOffProcess.TRADE_OFF_NUMBER.require(task)),
                        people)
                .fact("Asked", TradeOffBrief.owner(NegotiateTradeOffProcess.TRADE_OFF_OWNER.require(task), people));
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        TradeOffs.Answer answer = submission.requireChoice("tradeOffAnswer", TradeOffs.Answer.class);
        boolean counter = answer == TradeOffs.Answer.COUNTER;
        Optional<String> capacity = counter ? submission.text("counterCapacity", 10) : Optional.empty();
        tradeOffs.answer(
                scope.of(task.getExecution()),
                NegotiateTradeOffProcess.TRADE_OFF_NUMBER.require(task),
                NegotiateTradeOffProcess.TRADE_OFF_OWNER.require(task),
                submission.person(),
                new TradeOffs.Reply(
                        answer,
                        submission.choices("acceptedOptions"),
                        capacity.isPresent() ? submission.requireNumber("counterCapacity", 1, 100_000) : null,
                        counter ? day(submission.text("counterTarget", 10).orElse("")) : null,
                        submission.text("answerReason", 2000).orElse("")));
    }

    private static @Nullable LocalDate day(String text) {
        try {
            return text.isBlank() ? null : LocalDate.parse(text.strip());
        } catch (DateTimeParseException e) {
            throw new Refused("counterTarget", "The day of a counter-offer is written as 2026-12-31.");
        }
    }
}
