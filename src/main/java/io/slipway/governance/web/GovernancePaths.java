package io.slipway.governance.web;

import io.slipway.platform.security.PathRules;
import io.slipway.release.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Opens the pages and calls of governance to the roles that need them; what of it each may change is asked by the services. */
@Component
class GovernancePaths implements PathRules {

    /** Who may search the audit trail of the house. */
    static final Set<Role> AUDIT = Set.of(Role.AUDITOR, Role.PROCESS_OWNER, Role.RELEASE_MANAGER, Role.SECURITY);

    /** Who may see how controls are covered. */
    static final Set<Role> COMPLIANCE =
            Set.of(Role.AUDITOR, Role.SECURITY, Role.PROCESS_OWNER, Role.RELEASE_MANAGER, Role.EXECUTIVE);

    /** Who may look at the register of changes. */
    static final Set<Role> CHANGES = Set.of(Role.AUDITOR, Role.CHANGE_AUTHORITY, Role.RELEASE_MANAGER, Role.OPERATIONS);

    /** Who may see who has which role. */
    static final Set<Role> ACCESS = Set.of(Role.AUDITOR, Role.SECURITY, Role.ADMIN);

    /** Who may read reports: everybody who reads all releases. */
    private static final Set<String> REPORTS = Arrays.stream(Role.values())
            .filter(role -> role != Role.ADMIN && !role.systemScoped())
            .map(Role::group)
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> RELEASE_ROLES = Arrays.stream(Role.values())
            .filter(role -> role != Role.ADMIN)
            .map(Role::group)
            .collect(Collectors.toUnmodifiableSet());

    @Override
    public List<PathRule> paths() {
        return List.of(
                new PathRule("/obligations/**", RELEASE_ROLES),
                new PathRule("/api/v1/obligations/**", RELEASE_ROLES),
                new PathRule("/delegations/**", RELEASE_ROLES),
                new PathRule("/api/v1/delegations/**", RELEASE_ROLES),
                new PathRule("/reports/**", REPORTS),
                new PathRule("/api/v1/reports/**", REPORTS),
                new PathRule("/access/**", groups(ACCESS)),
                new PathRule("/api/v1/access/**", groups(ACCESS)),
                new PathRule("/compliance/**", groups(COMPLIANCE)),
                new PathRule("/api/v1/compliance/**", groups(COMPLIANCE)),
                new PathRule("/privacy/**", Set.of(Role.ADMIN.group())),
                new PathRule("/api/v1/privacy/**", Set.of(Role.ADMIN.group())),
                new PathRule("/changes/**", groups(CHANGES)),
                new PathRule("/api/v1/changes/**", groups(CHANGES)),
                new PathRule("/adherence/**", groups(AUDIT)),
                new PathRule("/api/v1/adherence/**", groups(AUDIT)),
                new PathRule("/audit/**", groups(AUDIT)),
                new PathRule("/api/v1/audit/**", groups(AUDIT)));
    }

    private static Set<String> groups(Set<Role> roles) {
        return roles.stream().map(Role::group).collect(Collectors.toUnmodifiableSet());
    }
}
