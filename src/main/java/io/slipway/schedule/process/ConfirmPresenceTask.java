package io.slipway.schedule.process;

import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.platform.security.People;
import io.slipway.release.Release;
import io.slipway.release.ReleaseScope;
import io.slipway.schedule.staffing.Staffings;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_confirmPresence}: the named person says whether he or she is there. */
@Component
class ConfirmPresenceTask implements UserTaskHandler {

    private final Staffings staffings;
    private final ReleaseScope scope;
    private final People people;

    ConfirmPresenceTask(Staffings staffings, ReleaseScope scope, People people) {
        this.staffings = staffings;
        this.scope = scope;
        this.people = people;
    }

    @Override
    public String process() {
        return ConfirmStaffingProcess.KEY;
    }

    @Override
    public String task() {
        return ConfirmStaffingProcess.Element.CONFIRM_PRESENCE.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("presenceAnswer");
    }

    @Override
    public Brief brief(DelegateTask task) {
        Release release = scope.of(task.getExecution());
        String function = ConfirmStaffingProcess.STAFFING_FUNCTION.require(task);
        return Brief.of("Is somebody there for " + Staffings.label(function) + "?")
                .fact("Release", release.title())
                .fact(
                        "Asked by name",
                        staffings.seats(release).stream()
                                .filter(seat -> seat.function().equals(function) && seat.answer() == null)
                                .findFirst()
                                .map(seat -> people.name(seat.person()))
                                .orElse(null))
                .fact("Window opens", release.windowStart().orElse(null))
                .fact("Window ends", release.windowEnd().orElse(null));
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        staffings.answer(
                scope.of(task.getExecution()),
                ConfirmStaffingProcess.STAFFING_FUNCTION.require(task),
                submission.person(),
                submission.requireChoice("presenceAnswer", Staffings.Answer.class));
    }
}
