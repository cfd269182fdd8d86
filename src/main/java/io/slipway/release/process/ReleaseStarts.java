package io.slipway.release.process;

import io.slipway.platform.process.ModelKind;
import io.slipway.platform.process.ModelVersions;
import io.slipway.platform.process.ProcessKeys;
import io.slipway.platform.process.StartRule;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Lets a process start only as part of a release that was requested here, and only in the version that the release pinned: nobody
 * starts a phase by itself, in the middle, or in a version that was never accepted.
 */
@Component
class ReleaseStarts implements StartRule {

    private final Releases releases;
    private final ModelVersions models;
    private final RepositoryService repository;

    ReleaseStarts(@Lazy Releases releases, ModelVersions models, @Lazy RepositoryService repository) {
        this.releases = releases;
        this.models = models;
        this.repository = repository;
    }

    @Override
    public void check(DelegateExecution start, boolean calledByProcess) {
        String process = ProcessKeys.of(start.getProcessDefinitionId());
        String key = String.valueOf(start.getProcessBusinessKey());
        Release release = releases.find(key)
                .orElseThrow(() ->
                        new Refused("Processes run as part of a release; please request one on the page of releases."));
        if (!calledByProcess && !(process.equals(RunReleaseProcess.KEY) && isOwn(start, release))) {
            throw new Refused(
                    "The process " + process + " is started by Slipway as part of a release, and by nobody else.");
        }
        int version =
                repository.getProcessDefinition(start.getProcessDefinitionId()).getVersion();
        boolean pinned = models.pinned(key, ModelKind.PROCESS, process)
                .filter(pin -> pin.version() == version)
                .isPresent();
        if (!pinned) {
            throw new Refused("Version " + version + " of " + process + " is not the one that release " + key
                    + " recorded at its start.");
        }
    }

    /** The instance that the request created: not known to the release yet, or, where it starts from a saved point, known. */
    private static boolean isOwn(DelegateExecution start, Release release) {
        return release.processInstanceId()
                .map(start.getProcessInstanceId()::equals)
                .orElse(true);
    }
}
