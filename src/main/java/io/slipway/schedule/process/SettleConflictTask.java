package io.slipway.schedule.process;

import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.release.Release;
import io.slipway.release.ReleaseScope;
import io.slipway.schedule.TimeSpan;
import io.slipway.schedule.bookings.Conflicts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_settleConflict}: a release manager decides who gives way. */
@Component
class SettleConflictTask implements UserTaskHandler {

    private final Conflicts conflicts;
    private final ReleaseScope scope;

    SettleConflictTask(Conflicts conflicts, ReleaseScope scope) {
        this.conflicts = conflicts;
        this.scope = scope;
    }

    /** A booking that overlaps. */
    record Booked(String release, String from, String to, String purpose) {}

    /** A time that is free. */
    record Free(String from, String to, String cost) {}

    /** A booking that would move. */
    record Moved(String release, String to, String cost) {}

    @Override
    public String process() {
        return SettleBookingConflictProcess.KEY;
    }

    @Override
    public String task() {
        return SettleBookingConflictProcess.Element.SETTLE_CONFLICT.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("settlement");
    }

    @Override
    public Brief brief(DelegateTask task) {
        Release release = scope.of(task.getExecution());
        Conflicts.Conflict conflict = conflicts.get(SettleBookingConflictProcess.CONFLICT_ID.require(task));
        Conflicts.Options options = conflicts.options(release, conflict);
        Map<String, String> costs = conflicts.costs(options.moves());
        TimeSpan wish = conflict.wish().span();
        return Brief.of("Who gives way in " + conflict.wish().environment() + "?")
                .fact("Release", release.key())
                .fact("Wants it from", wish.start())
                .fact("Wants it until", wish.end())
                .fact("For", conflict.wish().purpose())
                .fact("Last attempt", conflict.finding())
                .table(
                        "overlapping",
                        options.overlapping().stream()
                                .map(slot -> new Booked(
                                        slot.release(),
                                        Brief.moment(slot.span().start()),
                                        Brief.moment(slot.span().end()),
                                        slot.purpose()))
                                .toList())
                .table(
                        "free",
                        options.free().stream()
                                .map(span -> new Free(
                                        Brief.moment(span.start()),
                                        Brief.moment(span.end()),
                                        Duration.between(wish.start(), span.start())
                                                        .toMinutes() + " minutes later"))
                                .toList())
                .table(
                        "moves",
                        options.moves().stream()
                                .map(move -> new Moved(
                                        move.release(),
                                        Brief.moment(move.to().start()),
                                        costs.getOrDefault(move.release(), "")))
                                .toList());
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        conflicts.settle(
                scope.of(task.getExecution()),
                SettleBookingConflictProcess.CONFLICT_ID.require(task),
                submission.person(),
                submission.requireChoice("settlement", Conflicts.Settlement.class));
    }
}
