package io.slipway.operations.web;

import io.slipway.platform.security.PathRules;
import io.slipway.release.Role;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Opens how the program itself is to those who look after it. */
@Component
class OperationsPaths implements PathRules {

    /** Who looks after the program. */
    static final Set<String> KEEPERS = Set.of(Role.OPERATIONS.group(), Role.ADMIN.group());

    @Override
    public List<PathRule> paths() {
        return List.of(
                new PathRule("/operations/**", KEEPERS),
                new PathRule("/actuator/health/operations", KEEPERS),
                new PathRule("/actuator/prometheus", KEEPERS));
    }
}
