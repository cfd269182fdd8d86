package io.slipway.communication.process;

import io.slipway.communication.Delay;
import io.slipway.communication.Delays;
import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.release.Release;
import io.slipway.release.ReleaseScope;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_confirmUpdate}: the release manager reads the draft of an update and decides whether people are told. */
@Component
class ConfirmUpdateTask implements UserTaskHandler {

    private final Delays delays;
    private final ReleaseScope scope;

    ConfirmUpdateTask(Delays delays, ReleaseScope scope) {
        this.delays = delays;
        this.scope = scope;
    }

    @Override
    public String process() {
        return AnnounceDelayProcess.KEY;
    }

    @Override
    public String task() {
        return AnnounceDelayProcess.Element.CONFIRM_UPDATE.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("updateDecision", "updateText", "nextUpdateAfter");
    }

    @Override
    public Brief brief(DelegateTask task) {
        Release release = scope.of(task.getExecution());
        Delay delay = delays.get(id(task));
        return Brief.of("Tell people that " + release.key() + " will be late?")
                .fact("Release", release.title())
                .fact("Window ends", delay.windowEnd())
                .fact("Expected to be done", delay.revisedEnd())
                .fact("Because", delay.cause())
                .fact("Update", delay.round());
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        Delays.Decision decision = submission.requireChoice("updateDecision", Delays.Decision.class);
        Date next = Date.from(delays.decide(
                scope.of(task.getExecution()),
                id(task),
                submission.person(),
                decision,
                submission.text("updateText", 2000).orElse(""),
                submission.text("nextUpdateAfter", 40)));
        AnnounceDelayProcess.UPDATE_DECISION.set(task.getExecution(), decision.name());
        AnnounceDelayProcess.NEXT_UPDATE_AT.set(task.getExecution(), next);
    }

    private static long id(DelegateTask task) {
        return Long.parseLong(AnnounceDelayProcess.DELAY_ID.require(task.getExecution()));
    }
}
