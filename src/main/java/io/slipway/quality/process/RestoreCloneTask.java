package io.slipway.quality.process;

import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.quality.environments.EnvironmentRefresh;
import io.slipway.quality.environments.EnvironmentRefreshes;
import io.slipway.quality.environments.MaskingReport;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_restoreClone}: whoever keeps the databases restores a masked clone and has it checked. */
@Component
class RestoreCloneTask implements UserTaskHandler {

    private final EnvironmentRefreshes refreshes;

    RestoreCloneTask(EnvironmentRefreshes refreshes) {
        this.refreshes = refreshes;
    }

    @Override
    public String process() {
        return RefreshEnvironmentProcess.KEY;
    }

    @Override
    public String task() {
        return RefreshEnvironmentProcess.Element.RESTORE_CLONE.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("cloneNote");
    }

    @Override
    public String page(DelegateTask task) {
        return "/quality";
    }

    @Override
    public Brief brief(DelegateTask task) {
        return brief(number(task));
    }

    Brief brief(long number) {
        EnvironmentRefresh refresh = refreshes.get(number);
        return Brief.of("Is the clone in " + refresh.environment() + " restored, masked and checked?")
                .fact("System", refresh.system())
                .fact("Environment", refresh.environment())
                .fact("Refresh", "refresh-" + refresh.number())
                .fact("Version that was cloned", refresh.declared().sourceVersion())
                .fact("Columns to mask", String.join(", ", refresh.declared().masked()))
                .fact("References", String.join(", ", refresh.declared().references()))
                .table("checks", refresh.report().map(MaskingReport::findings).orElse(List.of()));
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        refreshes.requireKeeper(submission.person());
        submission.text("cloneNote", 2000);
        refreshes.requireChecked(number(task));
    }

    private static long number(DelegateTask task) {
        return Long.parseLong(RefreshEnvironmentProcess.REFRESH.require(task.getExecution()));
    }
}
