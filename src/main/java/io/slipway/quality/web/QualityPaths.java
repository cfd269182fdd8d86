package io.slipway.quality.web;

import io.slipway.platform.security.PathRules;
import io.slipway.release.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Opens the pages of quality to everybody who may see releases; who may change what is asked by the services. */
@Component
class QualityPaths implements PathRules {

    @Override
    public List<PathRule> paths() {
        Set<String> readers = Arrays.stream(Role.values())
                .filter(role -> role != Role.ADMIN)
                .map(Role::group)
                .collect(Collectors.toUnmodifiableSet());
        return Stream.of("/findings/**", "/api/v1/findings/**", "/api/v1/exemptions/**")
                .map(pattern -> new PathRule(pattern, readers))
                .toList();
    }
}
