package io.slipway.release;

import io.slipway.platform.process.ProcessVariable;
import io.slipway.platform.process.RootInstance;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/**
 * Finds the release that a step is about. The variable {@code releaseId} alone is not believed: business key and outermost process
 * instance must be those that the release began with, so that a variable edited in Cockpit leads nowhere.
 */
@Component
public class ReleaseScope {

    /** The variable in which every process carries its release. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    private final ReleaseRepository releases;

    ReleaseScope(ReleaseRepository releases) {
        this.releases = releases;
    }

    /**
     * The release of this execution.
     *
     * @throws Refused when variable, business key and process instance do not belong together
     */
    public Release of(DelegateExecution execution) {
        Release release = releases.findByKey(String.valueOf(execution.getProcessBusinessKey()))
                .orElseThrow(() -> new Refused("The process instance belongs to no release."));
        boolean own = release.processInstanceId()
                .filter(RootInstance.idOf(execution)::equals)
                .isPresent();
        if (!own || !release.id().toString().equals(RELEASE_ID.find(execution).orElse(null))) {
            throw new Refused("The variable 'releaseId' at " + execution.getCurrentActivityId()
                    + " does not name release " + release.key()
                    + ", to which this process instance belongs; please restore it to " + release.id() + ".");
        }
        return release;
    }
}
