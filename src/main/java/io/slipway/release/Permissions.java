package io.slipway.release;

import io.slipway.platform.process.EngineAccess;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Asks for roles wherever a service of ours is called past a task; denies what is not allowed. */
@Component
public class Permissions {

    private final EngineAccess access;

    Permissions(EngineAccess access) {
        this.access = access;
    }

    /**
     * Lets a person with one of these roles pass, for the system of the release where the role is held per system.
     *
     * @throws NotPermitted when the person has none of them
     */
    public void require(Release release, String person, Role... anyOf) {
        List<String> groups = access.groupsOf(person);
        if (Arrays.stream(anyOf).noneMatch(role -> groups.contains(role.groupFor(release.system())))) {
            throw refused(anyOf);
        }
    }

    /**
     * Lets a person with one of these roles pass, whatever the system.
     *
     * @throws NotPermitted when the person has none of them
     */
    public void require(String person, Role... anyOf) {
        if (!has(person, anyOf)) {
            throw refused(anyOf);
        }
    }

    /** Whether a person has one of these roles, for at least one system where the role is held per system. */
    public boolean has(String person, Role... anyOf) {
        List<String> groups = access.groupsOf(person);
        return Arrays.stream(anyOf)
                .anyMatch(role -> groups.contains(role.group())
                        || (role.systemScoped()
                                && groups.stream().anyMatch(group -> group.startsWith(role.group() + "@"))));
    }

    private static NotPermitted refused(Role... anyOf) {
        return new NotPermitted(
                "This is for " + Arrays.stream(anyOf).map(Role::label).collect(Collectors.joining(" or "))
                        + ", and you do not have that role.");
    }
}
