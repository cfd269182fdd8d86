package io.slipway.release.process;

import io.slipway.platform.process.RoleCatalog;
import io.slipway.release.Environment;
import io.slipway.release.Landscape;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Tells the engine which roles exist, and turns those held for single systems into the group of the release's system. */
@Component
class ReleaseRoles implements RoleCatalog {

    private final Releases releases;
    private final Landscape landscape;

    ReleaseRoles(@Lazy Releases releases, @Lazy Landscape landscape) {
        this.releases = releases;
        this.landscape = landscape;
    }

    @Override
    public Set<String> roles() {
        return Arrays.stream(Role.values()).map(Role::group).collect(Collectors.toSet());
    }

    @Override
    public String groupOf(String role, DelegateExecution execution) {
        return Role.ofGroup(role)
                .filter(Role::systemScoped)
                .map(scoped -> scoped.groupFor(system(scoped, execution)))
                .orElse(role);
    }

    /**
     * A role that may be held for one environment is offered to those as well who hold it in the environment that the process works on, or
     * in production where it works on none.
     */
    @Override
    public List<String> groupsOf(String role, DelegateExecution execution) {
        String everywhere = groupOf(role, execution);
        return Role.ofGroup(role)
                .filter(Role::environmentScoped)
                .flatMap(scoped -> releases.find(String.valueOf(execution.getProcessBusinessKey()))
                        .map(release -> List.of(
                                everywhere, scoped.groupFor(release.system(), environment(release, execution)))))
                .orElseGet(() -> List.of(everywhere));
    }

    private String environment(Release release, DelegateExecution execution) {
        String named = String.valueOf(execution.getVariable("environment"));
        return landscape.environments(release.system()).stream()
                .map(Environment::key)
                .filter(named::equals)
                .findFirst()
                .orElseGet(() -> landscape.production(release.system()).key());
    }

    private String system(Role role, DelegateExecution execution) {
        return releases.find(String.valueOf(execution.getProcessBusinessKey()))
                .orElseThrow(() -> new Refused("The role " + role.group()
                        + " is held for single systems, and this process instance belongs to no release."))
                .system();
    }
}
