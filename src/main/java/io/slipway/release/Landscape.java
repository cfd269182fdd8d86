package io.slipway.release;

import io.slipway.platform.security.RoleGroups;
import java.util.Arrays;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The systems that are managed and the environments they run in. */
@Service
public class Landscape {

    /** Characters that the engine keeps of the id of a group. */
    private static final int LONGEST_GROUP = 64;

    private final Systems systems;
    private final Environments environments;
    private final RoleGroups groups;

    Landscape(Systems systems, Environments environments, RoleGroups groups) {
        this.systems = systems;
        this.environments = environments;
        this.groups = groups;
    }

    /** Every managed system, by name. */
    @Transactional(readOnly = true)
    public List<ManagedSystem> systems() {
        return systems.findAll(org.springframework.data.domain.Sort.by("name"));
    }

    /**
     * One system.
     *
     * @throws NotFound when there is none with this key
     */
    @Transactional(readOnly = true)
    public ManagedSystem system(String key) {
        return systems.findById(key).orElseThrow(() -> new NotFound("system", key));
    }

    /** Environments of a system in the order of the route. */
    @Transactional(readOnly = true)
    public List<Environment> environments(String system) {
        return environments.findByIdSystemOrderByPosition(system);
    }

    /** Every environment of every system. */
    @Transactional(readOnly = true)
    public List<Environment> environments() {
        return environments.findAll();
    }

    /**
     * One environment of a system.
     *
     * @throws NotFound when there is none with this key
     */
    @Transactional(readOnly = true)
    public Environment environment(String system, String key) {
        return environments
                .findById(new Environment.Id(system, key))
                .orElseThrow(() -> new NotFound("environment", system + "/" + key));
    }

    /**
     * The environment in which customers use the system.
     *
     * @throws NotFound when the system has none
     */
    @Transactional(readOnly = true)
    public Environment production(String system) {
        return environments(system).stream()
                .filter(environment -> environment.tier() == Environment.Tier.PRODUCTION)
                .findFirst()
                .orElseThrow(() -> new NotFound("production environment", system));
    }

    /** Environments that a release passes before production; an emergency passes only the last of them. */
    @Transactional(readOnly = true)
    public List<Environment> route(String system, Urgency urgency) {
        List<Environment> below = environments(system).stream()
                .filter(environment -> environment.tier() != Environment.Tier.PRODUCTION)
                .toList();
        return urgency == Urgency.EMERGENCY && below.size() > 1 ? below.subList(below.size() - 1, below.size()) : below;
    }

    /**
     * Adds a system, with a group for each role that is held per system, or leaves it as it is.
     *
     * @throws Refused when the key is too long for the groups of its roles
     */
    @Transactional
    public void add(String key, String name, boolean stateful) {
        // Its environments need a group each, for which the key of one has at least a character.
        if (longestGroup(key, "e") > LONGEST_GROUP) {
            throw new Refused(
                    "system",
                    "The key of the system '" + key
                            + "' is too long for the groups of its roles; please give it at most "
                            + (LONGEST_GROUP - longestGroup("", "e")) + " characters.");
        }
        if (!systems.existsById(key)) {
            systems.save(new ManagedSystem(key, name, stateful));
            groups.openSystem(key);
        }
    }

    /**
     * Adds an environment or leaves it as it is; each role that acts on one environment gets a group for it.
     *
     * @throws Refused when its key and that of the system are together too long for those groups
     */
    @Transactional
    public void addEnvironment(
            String system, String key, String name, Environment.Tier tier, int position, int instances) {
        if (longestGroup(system, key) > LONGEST_GROUP) {
            throw new Refused(
                    "environment",
                    "The keys of the system '" + system + "' and of its environment '" + key
                            + "' are too long for the groups of its roles; please give them together at most "
                            + (LONGEST_GROUP - longestGroup("", "")) + " characters.");
        }
        if (!environments.existsById(new Environment.Id(system, key))) {
            environments.save(new Environment(system, key, name, tier, position, instances));
        }
        // An environment from before there were these roles gets their groups as well.
        Arrays.stream(Role.values())
                .filter(Role::environmentScoped)
                .forEach(role -> groups.openEnvironment(role.groupFor(system, key)));
    }

    /** Characters of the longest group of a role for a system or for an environment of it. */
    private static int longestGroup(String system, String environment) {
        return Arrays.stream(Role.values())
                .mapToInt(role -> role.environmentScoped()
                        ? role.groupFor(system, environment).length()
                        : role.groupFor(system).length())
                .max()
                .orElseThrow();
    }
}
