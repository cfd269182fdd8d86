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

/** Behind {@code userTask_reviewMaterial}: another person than the author accepts the material or sends it back. */
@Component
class ReviewMaterialTask implements UserTaskHandler {

    private final Materials materials;
    private final ReleaseScope scope;

    ReviewMaterialTask(Materials materials, ReleaseScope scope) {
        this.materials = materials;
        this.scope = scope;
    }

    @Override
    public String process() {
        return PrepareMaterialProcess.KEY;
    }

    @Override
    public String task() {
        return PrepareMaterialProcess.Element.REVIEW_MATERIAL.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("materialVerdict", "materialReason");
    }

    @Override
    public Brief brief(DelegateTask task) {
        Release release = scope.of(task.getExecution());
        Material material = materials.get(id(task));
        return Brief.of("Is this right for " + material.audienceLabel() + "?")
                .fact("Release", release.title())
                .fact("About", material.item())
                .fact("Title", material.title().orElse(null))
                .fact("Text", material.text().orElse(null))
                .fact("Published at", material.publishAt().orElse(null));
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        Materials.Verdict verdict = submission.requireChoice("materialVerdict", Materials.Verdict.class);
        materials.review(
                scope.of(task.getExecution()),
                id(task),
                submission.person(),
                verdict,
                submission.text("materialReason", 2000).orElse(""));
        PrepareMaterialProcess.MATERIAL_VERDICT.set(task.getExecution(), verdict.name());
    }

    private static long id(DelegateTask task) {
        return Long.parseLong(PrepareMaterialProcess.MATERIAL_ID.require(task.getExecution()));
    }
}
