package io.slipway.schedule.web;

import io.slipway.platform.security.PathRules;
import io.slipway.release.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Opens the pages and lists of the schedule to everybody who may see releases; who may change them is asked by their services. */
@Component
class SchedulePaths implements PathRules {

    private static final List<String> OPEN = List.of(
            "/api/v1/blackouts/**",
            "/api/v1/bookings/**",
            "/api/v1/calendar.ics",
            "/api/v1/calendars/**",
            "/calendar/**",
            "/api/v1/incidents/**",
            "/bookings/**",
            "/incidents/**",
            "/api/v1/lockdowns/**",
            "/lockdowns/**",
            "/api/v1/regions/**",
            "/api/v1/roster/**",
            "/api/v1/milestones.csv",
            "/api/v1/milestones.ics",
            "/roster/**");

    @Override
    public List<PathRule> paths() {
        Set<String> readers = Arrays.stream(Role.values())
                .filter(role -> role != Role.ADMIN)
                .map(Role::group)
                .collect(Collectors.toUnmodifiableSet());
        return OPEN.stream().map(pattern -> new PathRule(pattern, readers)).toList();
    }
}
