package io.slipway.schedule.process;

import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import io.slipway.release.ReleaseScope;
import io.slipway.schedule.Blackout;
import io.slipway.schedule.Blackouts;
import io.slipway.schedule.ReleaseWindow;
import io.slipway.schedule.WindowHint;
import io.slipway.schedule.Windows;
import java.time.Duration;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_proposeWindow}: a release manager says when the release goes to production. */
@Component
class ProposeWindowTask implements UserTaskHandler {

    private final Windows windows;
    private final Blackouts blackouts;
    private final ReleaseScope scope;
    private final List<WindowHint> hints;

    ProposeWindowTask(Windows windows, Blackouts blackouts, ReleaseScope scope, List<WindowHint> hints) {
        this.windows = windows;
        this.blackouts = blackouts;
        this.scope = scope;
        this.hints = List.copyOf(hints);
    }

    /** A line of the table of blackouts. */
    record Row(String name, String from, String to) {

        static Row of(Blackout blackout) {
            return new Row(blackout.name(), blackout.from(), blackout.to());
        }
    }

    @Override
    public String process() {
        return ScheduleReleaseProcess.KEY;
    }

    @Override
    public String task() {
        return ScheduleReleaseProcess.Element.PROPOSE_WINDOW.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("windowStart", "windowMinutes", "windowReason");
    }

    @Override
    public Brief brief(DelegateTask task) {
        Release release = scope.of(task.getExecution());
        Brief brief = Brief.of("When does " + release.key() + " go to production?")
                .fact("Release", release.title())
                .fact("Class", release.releaseClass().map(ReleaseClass::label).orElse(null))
                .fact(
                        "Last proposal",
                        windows.latest(release).flatMap(ReleaseWindow::finding).orElse(null))
                .table(
                        "blackouts",
                        blackouts.ahead(release).stream().map(Row::of).toList());
        hints.stream().flatMap(hint -> hint.hints(release).stream()).forEach(hint -> brief.fact("Please note", hint));
        return brief;
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        windows.propose(
                scope.of(task.getExecution()),
                submission.person(),
                submission.requireInstant("windowStart"),
                Duration.ofMinutes(submission.requireNumber("windowMinutes", 5, 1440)),
                submission.text("windowReason", 1000).orElse(null));
    }
}
