package io.slipway.validation.process;

import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.release.Release;
import io.slipway.release.ReleaseScope;
import io.slipway.validation.closing.Closing;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_resolveOpenPoints}: a release manager settles what stands against the closure. */
@Component
class ResolveOpenPointsTask implements UserTaskHandler {

    private final Closing closing;
    private final ReleaseScope scope;

    ResolveOpenPointsTask(Closing closing, ReleaseScope scope) {
        this.closing = closing;
        this.scope = scope;
    }

    @Override
    public String process() {
        return CloseReleaseProcess.KEY;
    }

    @Override
    public String task() {
        return CloseReleaseProcess.Element.RESOLVE_OPEN_POINTS.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("openPointsNote");
    }

    @Override
    public Brief brief(DelegateTask task) {
        Release release = scope.of(task.getExecution());
        List<ConditionRow> open = ConditionRow.of(closing.latest(release)).stream()
                .filter(row -> !row.met())
                .toList();
        return Brief.of("What still stands against closing " + release.key() + "?")
                .fact("Release", release.title())
                .fact("State", release.state().label())
                .fact("Open points", open.size())
                .table("openPoints", open);
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        closing.resolve(
                scope.of(task.getExecution()),
                submission.person(),
                submission.text("openPointsNote", 2000).orElse(""));
    }
}
