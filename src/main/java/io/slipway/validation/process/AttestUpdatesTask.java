package io.slipway.validation.process;

import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.release.Release;
import io.slipway.release.ReleaseScope;
import io.slipway.validation.operability.Operability;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_attestUpdates}: runbook, monitoring and backup are brought up to date and attested one by one. */
@Component
class AttestUpdatesTask implements UserTaskHandler {

    private final Operability operability;
    private final ReleaseScope scope;

    AttestUpdatesTask(Operability operability, ReleaseScope scope) {
        this.operability = operability;
        this.scope = scope;
    }

    @Override
    public String process() {
        return AttestUpdatesProcess.KEY;
    }

    @Override
    public String task() {
        return AttestUpdatesProcess.Element.ATTEST_UPDATES.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("attestNote");
    }

    @Override
    public String page(DelegateTask task) {
        return "/releases/" + scope.of(task.getExecution()).key() + "/operability";
    }

    @Override
    public Brief brief(DelegateTask task) {
        Release release = scope.of(task.getExecution());
        List<Operability.Required> required = operability.required(release);
        return Brief.of("What has to follow " + release.key() + "?")
                .fact("Release", release.title())
                .fact(
                        "Open",
                        required.stream().filter(Operability.Required::open).count())
                .table(
                        "updates",
                        required.stream()
                                .map(update -> Map.of(
                                        "update", update.kind().label(),
                                        "why", update.reason(),
                                        "role", update.kind().role().label(),
                                        "state", update.open() ? "Open" : "Attested"))
                                .toList());
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        operability.finish(
                scope.of(task.getExecution()),
                submission.person(),
                submission.text("attestNote", 2000).orElse(""));
    }
}
