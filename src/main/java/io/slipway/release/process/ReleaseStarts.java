package io.slipway.release.process;

import io.slipway.platform.process.ModelKind;
import io.slipway.platform.process.ModelVersions;
import io.slipway.platform.process.ProcessKeys;
import io.slipway.platform.process.RootInstance;
import io.slipway.platform.process.StartRule;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import io.slipway.release.SideProcesses;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Lets a process start only as part of a release that was requested here, or beside the releases by {@link SideProcesses}, and only in
 * the version that was pinned for it: nobody starts a phase by itself, in the middle, or in a version that was never accepted.
 */
@Component
class ReleaseStarts implements StartRule {

    private final Releases releases;
    private final SideProcesses sides;
    private final ModelVersions models;
    private final RepositoryService repository;

    ReleaseStarts(
            @Lazy Releases releases,
            @Lazy SideProcesses sides,
            ModelVersions models,
            @Lazy RepositoryService repository) {
        this.releases = releases;
        this.sides = sides;
        this.models = models;
        this.repository = repository;
    }

    @Override
    public void check(DelegateExecution start, boolean calledByProcess) {
        String process = ProcessKeys.of(start.getProcessDefinitionId());
        String key = String.valueOf(start.getProcessBusinessKey());
        boolean side = sides.admits(RootInstance.idOf(start), key, process);
        if (!side) {
            Release release = releases.find(key)
                    .orElseThrow(() -> new Refused(
                            "Processes run as part of a release; please request one on the page of releases."));
            if (!calledByProcess && !(process.equals(RunReleaseProcess.KEY) && isOwn(start, release))) {
                throw new Refused(
                        "The process " + process + " is started by Slipway as part of a release, and by nobody else.");
            }
        }
        int version =
                repository.getProcessDefinition(start.getProcessDefinitionId()).getVersion();
        boolean pinned = models.pinned(key, ModelKind.PROCESS, process)
                .filter(pin -> pin.version() == version)
                .isPresent();
        if (!pinned) {
            throw new Refused("Version " + version + " of " + process + " is not the one that " + key
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
