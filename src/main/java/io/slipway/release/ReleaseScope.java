package io.slipway.release;

import io.slipway.platform.process.ProcessKeys;
import io.slipway.platform.process.ProcessVariable;
import io.slipway.platform.process.RootInstance;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds the release that a step is about. The variable {@code releaseId} alone is not believed: business key and outermost process
 * instance must be those that the release began with, so that a variable edited in Cockpit leads nowhere. Nor is {@code environment}:
 * inside a promotion it is the promotion's own, on the route of the release, and production everywhere else.
 */
@Component
public class ReleaseScope {

    /** The variable in which every process carries its release. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    private static final ProcessVariable<String> ENVIRONMENT = ProcessVariable.of("environment", String.class);
    private static final String PROMOTION = "promote-to-environment";

    private final ReleaseRepository releases;
    private final Landscape landscape;
    private final SideProcesses sides;

    ReleaseScope(ReleaseRepository releases, Landscape landscape, SideProcesses sides) {
        this.releases = releases;
        this.landscape = landscape;
        this.sides = sides;
    }

    /**
     * The release of this execution.
     *
     * @throws Refused when variable, business key and process instance do not belong together, or the variable {@code environment}
     *     names another environment than the one this process was called for
     */
    public Release of(DelegateExecution execution) {
        Release release = releases.findByKey(String.valueOf(execution.getProcessBusinessKey()))
                .orElseThrow(() -> new Refused("The process instance belongs to no release."));
        String root = RootInstance.idOf(execution);
        boolean own = release.processInstanceId().filter(root::equals).isPresent()
                || sides.releaseOf(root).filter(release.id()::equals).isPresent();
        if (!own || !release.id().toString().equals(RELEASE_ID.find(execution).orElse(null))) {
            throw new Refused("The variable 'releaseId' at " + execution.getCurrentActivityId()
                    + " does not name release " + release.key()
                    + ", to which this process instance belongs; please restore it to " + release.id() + ".");
        }
        ENVIRONMENT.find(execution).ifPresent(named -> requirePlace(release, execution, named));
        return release;
    }

    /**
     * The release of this execution; empty in a process that was started beside the releases and belongs to none.
     *
     * @throws Refused as {@link #of} where the process belongs to a release
     */
    public Optional<Release> find(DelegateExecution execution) {
        String root = RootInstance.idOf(execution);
        if (releases.findByKey(String.valueOf(execution.getProcessBusinessKey()))
                        .isEmpty()
                && sides.isSide(root)) {
            return Optional.empty();
        }
        return Optional.of(of(execution));
    }

    /** Id of the release that an outermost process instance carries or stands beside; empty when it belongs to none. */
    @Transactional(readOnly = true)
    public Optional<ReleaseId> releaseOf(String rootInstance) {
        return releases.findByProcessInstanceId(rootInstance).map(Release::id).or(() -> sides.releaseOf(rootInstance));
    }

    private void requirePlace(Release release, DelegateExecution execution, String named) {
        DelegateExecution instance = execution.getProcessInstance();
        if (instance.getSuperExecution() == null) {
            // The spine itself works on no environment; there the name is that of the promotion it is about to call.
            return;
        }
        Optional<DelegateExecution> promotion = promotion(instance);
        if (promotion.isEmpty()) {
            requireSame(
                    release,
                    execution,
                    named,
                    landscape.production(release.system()).key());
            return;
        }
        List<String> route = landscape.route(release.system(), release.urgency()).stream()
                .map(Environment::key)
                .toList();
        String promoted = ENVIRONMENT.require(promotion.get().getSuperExecution());
        if (!route.contains(promoted)) {
            throw new Refused("'" + promoted + "' is no environment that " + release.key()
                    + " passes before production; please restore the variables 'promotionRoute' and 'environment' of"
                    + " the promotion to " + route + ".");
        }
        requireSame(release, execution, named, promoted);
    }

    /** The promotion that a process belongs to, if it belongs to one. */
    private static Optional<DelegateExecution> promotion(DelegateExecution instance) {
        DelegateExecution looked = instance;
        while (looked.getSuperExecution() != null) {
            if (ProcessKeys.of(looked.getProcessDefinitionId()).equals(PROMOTION)) {
                return Optional.of(looked);
            }
            looked = looked.getSuperExecution().getProcessInstance();
        }
        return Optional.empty();
    }

    private static void requireSame(Release release, DelegateExecution execution, String named, String own) {
        if (!named.equals(own)) {
            throw new Refused("The variable 'environment' of "
                    + ProcessKeys.of(execution.getProcessDefinitionId()) + " names " + named
                    + ", but this step of " + release.key() + " works on " + own + "; please restore it to " + own
                    + ", here and in the process that calls this one, and retry.");
        }
    }
}
