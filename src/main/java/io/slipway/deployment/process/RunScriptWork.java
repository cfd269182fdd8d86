package io.slipway.deployment.process;

import io.slipway.deployment.scripts.Scripts;
import io.slipway.platform.process.ExternalWork;
import io.slipway.release.NotFound;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_runScript}: runs a script. Done twice, it is run once: a run that was begun is not begun again. */
@Component
class RunScriptWork implements ExternalWork {

    private final Scripts scripts;
    private final Releases releases;

    RunScriptWork(Scripts scripts, Releases releases) {
        this.scripts = scripts;
        this.releases = releases;
    }

    @Override
    public String topic() {
        return RunScriptProcess.RUN_SCRIPT_TOPIC;
    }

    @Override
    public void perform(LockedExternalTask task) {
        String key = String.valueOf(task.getBusinessKey());
        Release release = releases.find(key).orElseThrow(() -> new NotFound("release", key));
        String run = task.getVariables().getValue(RunScriptProcess.SCRIPT_RUN.name(), String.class);
        scripts.perform(release, Long.parseLong(run)).ifPresent(failure -> {
            throw new WorkRefused(RunScriptProcess.SCRIPT_FAILED, failure);
        });
    }
}
