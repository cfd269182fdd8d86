package io.slipway.release;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a person may see of the releases, by the groups that the person is in.
 *
 * @param person opaque id
 * @param groups ids of the person's groups
 */
public record Reader(String person, Set<String> groups) {

    /** Administrators keep identities and nothing else; the two others read what belongs to their systems. */
    private static final Set<Role> NOT_EVERYTHING = EnumSet.of(Role.PRODUCT_OWNER, Role.DEVELOPER, Role.ADMIN);

    /** Keeps its own copy of the groups. */
    public Reader {
        groups = Set.copyOf(groups);
    }

    /** Whether the person reads every release. */
    public boolean readsAll() {
        return Arrays.stream(Role.values())
                .filter(role -> !NOT_EVERYTHING.contains(role))
                .anyMatch(role -> groups.contains(role.group()));
    }

    /** Keys of the systems in which the person has a role. */
    public Set<String> systems() {
        return groups.stream()
                .filter(group -> group.indexOf('@') > 0)
                .filter(group -> Role.ofGroup(group.substring(0, group.indexOf('@')))
                        .filter(role -> role.systemScoped() || role.environmentScoped())
                        .isPresent())
                .map(group -> group.substring(group.indexOf('@') + 1))
                .map(held -> held.indexOf('.') > 0 ? held.substring(0, held.indexOf('.')) : held)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the person may see this release. */
    public boolean mayRead(Release release) {
        return readsAll() || systems().contains(release.system());
    }

    /** Whether the person has one of these roles for this system. */
    public boolean has(String system, Role... anyOf) {
        return Arrays.stream(anyOf).anyMatch(role -> groups.contains(role.groupFor(system)));
    }

    /** The same for one environment of the system, where a role may be held for that one only. */
    public boolean hasIn(String system, String environment, Role... anyOf) {
        return has(system, anyOf)
                || Arrays.stream(anyOf)
                        .filter(Role::environmentScoped)
                        .anyMatch(role -> groups.contains(role.groupFor(system, environment)));
    }

    /** Whether the person has one of these roles, for at least one system where the role is held per system. */
    public boolean has(Role... anyOf) {
        return Arrays.stream(anyOf)
                .anyMatch(role -> groups.contains(role.group())
                        || (role.systemScoped()
                                && groups.stream().anyMatch(group -> group.startsWith(role.group() + "@"))));
    }
}
