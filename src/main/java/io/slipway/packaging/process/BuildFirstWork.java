package io.slipway.packaging.process;

import io.slipway.packaging.builds.Rebuilds;
import io.slipway.platform.process.ExternalWork;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_buildFirst}: the first build. Done twice, the record of the one that ended first stays. */
@Component
class BuildFirstWork implements ExternalWork {

    private final Rebuilds rebuilds;

    BuildFirstWork(Rebuilds rebuilds) {
        this.rebuilds = rebuilds;
    }

    @Override
    public String topic() {
        return RebuildPackageProcess.BUILD_FIRST_TOPIC;
    }

    @Override
    public void perform(LockedExternalTask task) {
        long request = RebuildPackageProcess.request(task);
        if (!rebuilds.run(request, 1)) {
            throw new WorkRefused(
                    RebuildPackageProcess.BUILD_FAILED, "The first build of rebuild " + request + " failed.");
        }
    }
}
