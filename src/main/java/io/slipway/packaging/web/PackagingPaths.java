package io.slipway.packaging.web;

import io.slipway.platform.security.PathRules;
import io.slipway.release.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Opens the registers of packaging to everybody who may see releases; who may change one is asked by the register itself. */
@Component
class PackagingPaths implements PathRules {

    @Override
    public List<PathRule> paths() {
        Set<String> readers = Arrays.stream(Role.values())
                .filter(role -> role != Role.ADMIN)
                .map(Role::group)
                .collect(Collectors.toUnmodifiableSet());
        return Stream.of("/signing-keys/**", "/contracts/**", "/versions/**", "/configuration/**")
                .flatMap(path -> Stream.of(path, "/api/v1" + path))
                .map(path -> new PathRule(path, readers))
                .toList();
    }
}
