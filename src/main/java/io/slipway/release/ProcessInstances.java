package io.slipway.release;

import io.slipway.platform.process.EngineAccess;
import org.camunda.bpm.engine.RuntimeService;

/** Whether the engine still carries a release. */
final class ProcessInstances {

    private ProcessInstances() {}

    /** Whether nothing will ever happen to a release by itself, because its process was deleted. */
    static boolean isGone(Release release, EngineAccess access, RuntimeService runtime) {
        return access.asSystem(() -> release.processInstanceId()
                .map(instance -> runtime.createProcessInstanceQuery()
                                .processInstanceId(instance)
                                .count()
                        == 0)
                .orElse(true));
    }
}
