package io.slipway.packaging.process;

import io.slipway.packaging.builds.Rebuilds;
import io.slipway.platform.process.ExternalWork;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_buildAgain}: the second build. Done twice, the record of the one that ended first stays. */
@Component
class BuildAgainWork implements ExternalWork {

    private final Rebuilds rebuilds;

    BuildAgainWork(Rebuilds rebuilds) {
        this.rebuilds = rebuilds;
    }

    @Override
    public String topic() {
        return RebuildPackageProcess.BUILD_AGAIN_TOPIC;
    }

    @Override
    public void perform(LockedExternalTask task) {
        long request = RebuildPackageProcess.request(task);
        if (!rebuilds.run(request, 2)) {
            throw new WorkRefused(
                    RebuildPackageProcess.BUILD_FAILED, "The second build of rebuild " + request + " failed.");
        }
    }
}
