package io.slipway.platform.security;

import java.util.Arrays;
import java.util.Set;

/**
 * What one role may do.
 *
 * @param group id of the engine's group
 * @param name what people call the role
 * @param heldPerSystem whether it is held for single systems, in groups {@code role@system}; a group for all does not exist then
 * @param rights what its members may do in the engine and its web applications, past the tasks that are theirs
 */
public record RoleRights(String group, String name, boolean heldPerSystem, Set<Right> rights) {

    /** Copies the rights. */
    public RoleRights {
        rights = Set.copyOf(rights);
    }

    /** A role that is held for everything. */
    public static RoleRights everywhere(String group, String name, Right... rights) {
        return new RoleRights(group, name, false, Set.copyOf(Arrays.asList(rights)));
    }

    /** A role that is held for single systems. */
    public static RoleRights perSystem(String group, String name, Right... rights) {
        return new RoleRights(group, name, true, Set.copyOf(Arrays.asList(rights)));
    }

    /** Whether membership in this group of the engine means to have this role. */
    public boolean heldBy(String member) {
        return heldPerSystem
                ? member.startsWith(group + "@") && member.length() > group.length() + 1
                : member.equals(group) || heldForEnvironment(member);
    }

    /** A role that is held everywhere may be narrowed to one environment of a system: {@code role@system.environment}. */
    private boolean heldForEnvironment(String member) {
        return member.startsWith(group + "@") && member.indexOf('.', group.length() + 2) > 0 && !member.endsWith(".");
    }
}
