package io.slipway.schedule.web;

import io.slipway.platform.security.PathRules;
import io.slipway.release.Role;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Opens the calendar of blackouts to everybody who may see releases; who may change it is asked by the calendar itself. */
@Component
class SchedulePaths implements PathRules {

    @Override
    public List<PathRule> paths() {
        return List.of(new PathRule(
                "/api/v1/blackouts/**",
                Arrays.stream(Role.values())
                        .filter(role -> role != Role.ADMIN)
                        .map(Role::group)
                        .collect(Collectors.toUnmodifiableSet())));
    }
}
