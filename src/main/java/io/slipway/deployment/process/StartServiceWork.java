package io.slipway.deployment.process;

import io.slipway.deployment.Deployments;
import io.slipway.platform.process.ExternalWork;
import io.slipway.release.NotFound;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_startService}: starts the new version. Done twice, the ledger starts it once. */
@Component
class StartServiceWork implements ExternalWork {

    private final Deployments deployments;
    private final Releases releases;

    StartServiceWork(Deployments deployments, Releases releases) {
        this.deployments = deployments;
        this.releases = releases;
    }

    @Override
    public String topic() {
        return DeployReleaseProcess.START_SERVICE_TOPIC;
    }

    @Override
    public void perform(LockedExternalTask task) {
        String key = String.valueOf(task.getBusinessKey());
        Release release = releases.find(key).orElseThrow(() -> new NotFound("release", key));
        Object environment = task.getVariables().get(DeployReleaseProcess.ENVIRONMENT.name());
        try {
            deployments.startService(release, String.valueOf(environment), task.getProcessInstanceId());
        } catch (Deployments.StartRefused refused) {
            throw new WorkRefused(DeployReleaseProcess.START_REFUSED, String.valueOf(refused.getMessage()));
        }
    }
}
