package io.slipway.release.process;

import io.slipway.platform.process.RoleCatalog;
import io.slipway.release.Refused;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Tells the engine which roles exist, and turns those held for single systems into the group of the release's system. */
@Component
class ReleaseRoles implements RoleCatalog {

    private final Releases releases;

    ReleaseRoles(@Lazy Releases releases) {
        this.releases = releases;
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

    private String system(Role role, DelegateExecution execution) {
        return releases.find(String.valueOf(execution.getProcessBusinessKey()))
                .orElseThrow(() -> new Refused("The role " + role.group()
                        + " is held for single systems, and this process instance belongs to no release."))
                .system();
    }
}
