package io.slipway.communication.web;

import io.slipway.platform.security.PathRules;
import io.slipway.release.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Everybody reads what was sent to them; the archive is for auditors and release managers, deputies for those who name them. */
@Component
class CommunicationPaths implements PathRules {

    private static final Set<String> ARCHIVE = groups(Role.AUDITOR, Role.RELEASE_MANAGER);
    private static final Set<String> DEPUTIES = groups(Role.RELEASE_MANAGER, Role.ADMIN, Role.AUDITOR);

    private static final Set<String> SIDES = groups(Role.RELEASE_MANAGER, Role.PRODUCT_OWNER, Role.DEVELOPER);

    @Override
    public List<PathRule> paths() {
        Set<String> everybody = groups(Role.values());
        return List.of(
                new PathRule("/outbox/**", everybody),
                new PathRule("/api/v1/outbox/**", everybody),
                new PathRule("/acknowledge/**", everybody),
                new PathRule("/communications/**", ARCHIVE),
                new PathRule("/api/v1/communications/**", ARCHIVE),
                new PathRule("/team-dependencies/**", SIDES),
                new PathRule("/api/v1/team-dependencies/**", SIDES),
                new PathRule("/deputies/**", DEPUTIES),
                new PathRule("/api/v1/deputies/**", DEPUTIES));
    }

    private static Set<String> groups(Role... roles) {
        return Arrays.stream(roles).map(Role::group).collect(Collectors.toUnmodifiableSet());
    }
}
