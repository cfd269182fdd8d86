package io.slipway.deployment.web;

import io.slipway.platform.security.PathRules;
import io.slipway.release.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Opens what concerns systems and not one release to everybody who may see releases; who may change it is asked by the services. */
@Component
class DeploymentPaths implements PathRules {

    private static final List<String> OPEN =
            List.of("/api/v1/cut-over/**", "/api/v1/migrations/**", "/api/v1/scripts/**");

    @Override
    public List<PathRule> paths() {
        Set<String> readers = Arrays.stream(Role.values())
                .filter(role -> role != Role.ADMIN)
                .map(Role::group)
                .collect(Collectors.toUnmodifiableSet());
        return OPEN.stream().map(pattern -> new PathRule(pattern, readers)).toList();
    }
}
