package io.slipway.communication.process;

import io.slipway.communication.Materials;
import io.slipway.release.ReleaseScope;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_scheduleMaterial}: schedules the material and fulfils its obligation. Run twice, the second time changes nothing. */
@Component
class ScheduleMaterialDelegate implements JavaDelegate {

    private final Materials materials;
    private final ReleaseScope scope;

    ScheduleMaterialDelegate(Materials materials, ReleaseScope scope) {
        this.materials = materials;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        materials.schedule(scope.of(execution), Long.parseLong(PrepareMaterialProcess.MATERIAL_ID.require(execution)));
    }
}
