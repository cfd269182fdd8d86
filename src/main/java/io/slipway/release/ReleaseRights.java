package io.slipway.release;

import static io.slipway.platform.security.Right.COCKPIT;
import static io.slipway.platform.security.Right.MANAGE_IDENTITIES;
import static io.slipway.platform.security.Right.PROPOSE_MODELS;
import static io.slipway.platform.security.Right.READ_OPERATIONS;
import static io.slipway.platform.security.Right.READ_PROCESSES;
import static io.slipway.platform.security.Right.STEER_PROCESSES;
import static io.slipway.platform.security.Right.TASKLIST;

import io.slipway.platform.security.PathRules;
import io.slipway.platform.security.Right;
import io.slipway.platform.security.RightsTable;
import io.slipway.platform.security.RoleRights;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The table of roles: what each may do in the engine, in its web applications and on the pages of releases. */
@Component
class ReleaseRights implements RightsTable, PathRules {

    /** All who may see releases; those who look after accounts see nothing but accounts. */
    private static final Set<String> RELEASE_ROLES = Arrays.stream(Role.values())
            .filter(role -> role != Role.ADMIN)
            .map(Role::group)
            .collect(Collectors.toUnmodifiableSet());

    @Override
    public List<RoleRights> roles() {
        return Arrays.stream(Role.values())
                .map(role -> new RoleRights(role.group(), role.label(), role.systemScoped(), rights(role)))
                .toList();
    }

    private static Set<Right> rights(Role role) {
        return switch (role) {
            case PRODUCT_OWNER, DEVELOPER -> Set.of(TASKLIST);
            case QA, SECURITY, DBA, CHANGE_AUTHORITY, CAB_MEMBER, SERVICE_DESK -> Set.of(TASKLIST, READ_PROCESSES);
            case RELEASE_MANAGER, DEPLOYER, INCIDENT_MANAGER -> Set.of(TASKLIST, READ_PROCESSES, COCKPIT);
            case OPERATIONS -> Set.of(TASKLIST, READ_PROCESSES, COCKPIT, STEER_PROCESSES);
            case PROCESS_OWNER -> Set.of(READ_PROCESSES, COCKPIT, PROPOSE_MODELS);
            case AUDITOR -> Set.of(READ_PROCESSES, READ_OPERATIONS);
            case EXECUTIVE -> Set.of(READ_PROCESSES);
            case ADMIN -> Set.of(MANAGE_IDENTITIES);
        };
    }

    @Override
    public List<PathRule> paths() {
        return List.of(
                new PathRule(
                        "/v3/api-docs",
                        Arrays.stream(Role.values()).map(Role::group).collect(Collectors.toUnmodifiableSet())),
                new PathRule("/releases/**", RELEASE_ROLES),
                new PathRule("/api/v1/releases/**", RELEASE_ROLES),
                new PathRule("/confirm/**", RELEASE_ROLES),
                new PathRule("/models/**", Set.of(Role.PROCESS_OWNER.group(), Role.AUDITOR.group())));
    }
}
