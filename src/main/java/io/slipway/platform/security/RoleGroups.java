package io.slipway.platform.security;

import io.slipway.platform.process.EngineAccess;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.authorization.Groups;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** The engine's groups behind the roles, each with exactly the authorizations that the table gives it. */
@Component
public class RoleGroups {

    /** So many people can always look after accounts: one alone could neither give roles nor be stopped by another. */
    static final int FEWEST_ADMINISTRATORS = 2;

    /** The only member of the engine's own administrators' group: no person, no password, no way to sign in. */
    static final String NOBODY = "slipway-nobody";

    private final ObjectProvider<RightsTable> table;
    private final Authorizations authorizations;
    private final IdentityService identities;
    private final EngineAccess access;

    RoleGroups(
            ObjectProvider<RightsTable> table,
            Authorizations authorizations,
            @Lazy IdentityService identities,
            EngineAccess access) {
        this.table = table;
        this.authorizations = authorizations;
        this.identities = identities;
        this.access = access;
    }

    /** Creates the groups of a system: one for each role that is held per system. */
    public void openSystem(String system) {
        roles().stream().filter(RoleRights::heldPerSystem).forEach(role -> ensure(role.group() + "@" + system));
    }

    /** Creates the group of a role that is narrowed to one environment of a system. */
    public void openEnvironment(String group) {
        ensure(group);
    }

    /**
     * Closes Camunda's own way to a first administrator: as long as the engine's administrators' group has no member, its web
     * applications lead everybody to a page on which one becomes the administrator of everything. The group has no authorizations.
     */
    void closeSetup() {
        access.asSystem(() -> {
            if (identities.createGroupQuery().groupId(Groups.CAMUNDA_ADMIN).count() == 0) {
                Group group = identities.newGroup(Groups.CAMUNDA_ADMIN);
                group.setName("Nobody: closes Camunda's own setup");
                group.setType(Groups.GROUP_TYPE_SYSTEM);
                identities.saveGroup(group);
            }
            if (identities.createUserQuery().userId(NOBODY).count() == 0) {
                User nobody = identities.newUser(NOBODY);
                nobody.setFirstName("");
                nobody.setLastName("Nobody");
                identities.saveUser(nobody);
                identities.createMembership(NOBODY, Groups.CAMUNDA_ADMIN);
            }
            return true;
        });
    }

    /** Creates the groups of the roles that are held everywhere, and renews the authorizations of all that exist. */
    void openAll() {
        roles().stream().filter(role -> !role.heldPerSystem()).forEach(role -> ensure(role.group()));
        access.asSystem(() -> identities.createGroupQuery().list()).stream()
                .map(Group::getId)
                .filter(group -> roleOf(group).filter(RoleRights::heldPerSystem).isPresent())
                .forEach(this::ensure);
    }

    /**
     * Creates the group of a role with its authorizations, or renews them.
     *
     * @throws AccountRefused when no role has this group
     */
    void ensure(String group) {
        RoleRights role = roleOf(group)
                .orElseThrow(() -> new AccountRefused("There is no role '" + group
                        + "'; a role that is held for a system is written such as role@system."));
        access.asSystem(() -> {
            if (identities.createGroupQuery().groupId(group).count() == 0) {
                Group created = identities.newGroup(group);
                created.setName(
                        group.indexOf('@') > 0
                                ? role.name() + " ("
                                        + group.substring(role.group().length() + 1) + ")"
                                : role.name());
                created.setType("ROLE");
                identities.saveGroup(created);
            }
            authorizations.give(group, role.rights());
            return true;
        });
    }

    /** The role that members of this group have. */
    Optional<RoleRights> roleOf(String group) {
        return roles().stream().filter(role -> role.heldBy(group)).findFirst();
    }

    /** Everything that members of these groups may do. */
    Set<Right> rightsOf(Collection<String> groups) {
        Set<Right> rights = EnumSet.noneOf(Right.class);
        groups.forEach(group -> roleOf(group).ifPresent(role -> rights.addAll(role.rights())));
        return rights;
    }

    /** Names of the roles that members of these groups have, in the order of the table. */
    List<String> roleNames(Collection<String> groups) {
        return roles().stream()
                .filter(role -> groups.stream().anyMatch(role::heldBy))
                .map(RoleRights::name)
                .toList();
    }

    /** Groups whose members look after accounts. */
    List<String> administrators() {
        return roles().stream()
                .filter(role -> role.rights().contains(Right.MANAGE_IDENTITIES))
                .map(RoleRights::group)
                .toList();
    }

    /**
     * Makes sure that enough people remain who look after accounts.
     *
     * @throws AccountRefused when this person is one of the last
     */
    void requireRemaining(String group, String leaving) {
        if (!administrators().contains(group)) {
            return;
        }
        List<String> members = access
                .asSystem(
                        () -> identities.createUserQuery().memberOfGroup(group).list())
                .stream()
                .map(User::getId)
                .toList();
        if (members.contains(leaving) && members.size() <= FEWEST_ADMINISTRATORS) {
            throw new AccountRefused(
                    "Two administrators must remain; please give the role to somebody else before it is taken from one of them.");
        }
    }

    private List<RoleRights> roles() {
        return table.stream().flatMap(given -> given.roles().stream()).toList();
    }
}
