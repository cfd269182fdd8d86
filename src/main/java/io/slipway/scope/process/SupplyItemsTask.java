package io.slipway.scope.process;

import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.release.Release;
import io.slipway.release.ReleaseScope;
import io.slipway.scope.ScopeRound;
import io.slipway.scope.Scopes;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_supplyItems}: says that the items handed in on the page of the release are complete. */
@Component
class SupplyItemsTask implements UserTaskHandler {

    private final Scopes scopes;
    private final ReleaseScope scope;

    SupplyItemsTask(Scopes scopes, ReleaseScope scope) {
        this.scopes = scopes;
        this.scope = scope;
    }

    @Override
    public String process() {
        return ScopeReleaseProcess.KEY;
    }

    @Override
    public String task() {
        return ScopeReleaseProcess.Element.SUPPLY_ITEMS.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("itemsNote");
    }

    @Override
    public Brief brief(DelegateTask task) {
        Release release = scope.of(task.getExecution());
        return Brief.of("Supply the items for " + release.key())
                .fact("Release", release.title())
                .fact("System", release.system())
                .fact("Round", scopes.latest(release).map(ScopeRound::number).orElse(null))
                .fact("Items so far", scopes.items(release).size())
                .fact(
                        "Sent back because",
                        scopes.latest(release).flatMap(ScopeRound::remark).orElse(null));
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        scopes.supply(
                scope.of(task.getExecution()),
                submission.person(),
                submission.text("itemsNote", 2000).orElse(null));
    }
}
