package io.slipway.platform.security;

import java.util.List;
import java.util.Set;

/** Says which roles may call which of a module's pages and addresses; what nobody names is refused. */
public interface PathRules {

    /** The rules of this module; the first that matches decides, and one more exact than another must stand before it. */
    List<PathRule> paths();

    /**
     * Opens addresses to roles.
     *
     * @param pattern path pattern, such as {@code /api/v1/things/**}
     * @param roles group ids of roles, for at least one system where a role is held per system
     */
    record PathRule(String pattern, Set<String> roles) {

        /** Copies the roles. */
        public PathRule {
            roles = Set.copyOf(roles);
        }
    }
}
