package io.slipway.release;

import io.slipway.platform.process.EngineAccess;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Asks for roles wherever a service of ours is called past a task; denies what is not allowed. */
@Component
public class Permissions {

    private final EngineAccess access;
    private final Landscape landscape;

    Permissions(EngineAccess access, @Lazy Landscape landscape) {
        this.access = access;
        this.landscape = landscape;
    }

    /** What a person may see, by the groups that are stored now. */
    public Reader reader(String person) {
        return new Reader(person, Set.copyOf(access.groupsOf(person)));
    }

    /** Whether a person may see a release: all of them, or those of the systems in which the person has a role. */
    public boolean mayRead(String person, Release release) {
        return reader(person).mayRead(release);
    }

    /**
     * Lets a person pass who may see the release; for others it does not exist.
     *
     * @throws NotFound when the person may not know of it
     */
    public void requireRead(Release release, String person) {
        if (!mayRead(person, release)) {
            throw new Concealed("release", release.key());
        }
    }

    /**
     * Lets a person with one of these roles pass, for the system of the release where the role is held per system, and for its
     * production where the role is held for one environment only.
     *
     * @throws NotPermitted when the person has none of them
     */
    public void require(Release release, String person, Role... anyOf) {
        if (!holds(release, person, anyOf)) {
            throw refused(anyOf);
        }
    }

    /** Whether a person has one of these roles, as {@link #require(Release, String, Role...)} asks. */
    public boolean holds(Release release, String person, Role... anyOf) {
        Reader reader = reader(person);
        if (reader.has(release.system(), anyOf)) {
            return true;
        }
        boolean narrow = Arrays.stream(anyOf).anyMatch(Role::environmentScoped)
                && reader.systems().contains(release.system());
        return narrow
                && reader.hasIn(
                        release.system(), landscape.production(release.system()).key(), anyOf);
    }

    /**
     * Lets a person with one of these roles pass for one environment of a system: who holds it for all, or for exactly that one.
     *
     * @throws NotPermitted when the person has none of them there
     */
    public void requireIn(String system, String environment, String person, Role... anyOf) {
        if (!reader(person).hasIn(system, environment, anyOf)) {
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
        return reader(person).has(anyOf);
    }

    private static NotPermitted refused(Role... anyOf) {
        return new NotPermitted(
                "This is for " + Arrays.stream(anyOf).map(Role::label).collect(Collectors.joining(" or "))
                        + ", and you do not have that role.");
    }
}
