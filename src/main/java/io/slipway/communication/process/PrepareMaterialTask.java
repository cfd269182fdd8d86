package io.slipway.communication.process;

import io.slipway.communication.Material;
import io.slipway.communication.Materials;
import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.release.Release;
import io.slipway.release.ReleaseScope;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_prepareMaterial}: somebody writes a training or an announcement. */
@Component
class PrepareMaterialTask implements UserTaskHandler {

    private final Materials materials;
    private final ReleaseScope scope;

    PrepareMaterialTask(Materials materials, ReleaseScope scope) {
        this.materials = materials;
        this.scope = scope;
    }

    @Override
    public String process() {
        return PrepareMaterialProcess.KEY;
    }

    @Override
    public String task() {
        return PrepareMaterialProcess.Element.PREPARE_MATERIAL.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("materialTitle", "materialText", "publishAt");
    }

    @Override
    public Brief brief(DelegateTask task) {
        Release release = scope.of(task.getExecution());
        Material material = materials.get(id(task));
        return Brief.of("Write the " + material.kind().label().toLowerCase(java.util.Locale.ROOT) + " for "
                        + material.audienceLabel())
                .fact("Release", release.title())
                .fact("About", material.item())
                .fact("Window opens", release.windowStart().orElse(null))
                .fact("Sent back because", material.returnReason().orElse(null));
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        materials.write(
                scope.of(task.getExecution()),
                id(task),
                submission.person(),
                submission.requireText("materialTitle", 200),
                submission.requireText("materialText", 2000),
                submission.requireInstant("publishAt"));
    }

    private static long id(DelegateTask task) {
        return Long.parseLong(PrepareMaterialProcess.MATERIAL_ID.require(task.getExecution()));
    }
}
