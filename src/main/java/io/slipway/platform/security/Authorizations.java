package io.slipway.platform.security;

import io.slipway.platform.process.EngineAccess;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Brings the engine's authorizations into the state that the table of rights says; grants only, never a revocation. */
@Component
class Authorizations {

    private final AuthorizationService authorizations;

    Authorizations(@Lazy AuthorizationService authorizations) {
        this.authorizations = authorizations;
    }

    private record Thing(int resource, String id) {}

    private record Wanted(Resource resource, Set<Permission> permissions) {}

    /** Gives a group these rights and takes away what it had beyond them, single tasks and the group itself apart. */
    void give(String group, Collection<Right> rights) {
        Map<Thing, Wanted> wanted = new HashMap<>();
        rights.stream().flatMap(right -> right.grants().stream()).forEach(grant -> wanted.computeIfAbsent(
                        new Thing(grant.resource().resourceType(), grant.id()),
                        thing -> new Wanted(grant.resource(), new LinkedHashSet<>()))
                .permissions()
                .addAll(grant.permissions()));
        for (Authorization given :
                authorizations.createAuthorizationQuery().groupIdIn(group).list()) {
            Thing thing = new Thing(given.getResourceType(), given.getResourceId());
            Wanted same = wanted.remove(thing);
            if (same != null) {
                set(given, same);
            } else if (given.getResourceId().equals(Authorization.ANY)
                    || given.getResourceType() == Resources.APPLICATION.resourceType()) {
                authorizations.deleteAuthorization(given.getId());
            }
        }
        wanted.forEach((thing, grant) -> {
            Authorization fresh = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
            fresh.setGroupId(group);
            fresh.setResource(grant.resource());
            fresh.setResourceId(thing.id());
            set(fresh, grant);
        });
    }

    /** Exactly these permissions; the engine writes nothing when they are the same as before. */
    private void set(Authorization authorization, Wanted wanted) {
        authorization.setPermissions(wanted.permissions().toArray(Permission[]::new));
        authorizations.saveAuthorization(authorization);
    }

    /** Lets the principal of the external-task workers fetch, hold and complete their work. */
    void giveWorker() {
        give(EngineAccess.WORKER, Resources.PROCESS_INSTANCE, List.of(Permissions.READ, Permissions.UPDATE));
    }

    private void give(String user, Resource resource, List<Permission> permissions) {
        if (authorizations
                        .createAuthorizationQuery()
                        .userIdIn(user)
                        .resourceType(resource)
                        .resourceId(Authorization.ANY)
                        .count()
                == 0) {
            Authorization fresh = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
            fresh.setUserId(user);
            fresh.setResource(resource);
            fresh.setResourceId(Authorization.ANY);
            fresh.setPermissions(permissions.toArray(Permission[]::new));
            authorizations.saveAuthorization(fresh);
        }
    }

    /** Lets everybody who is signed in read this one thing. */
    void giveEverybody(Resource resource, String id) {
        if (authorizations
                        .createAuthorizationQuery()
                        .authorizationType(Authorization.AUTH_TYPE_GLOBAL)
                        .resourceType(resource)
                        .resourceId(id)
                        .count()
                == 0) {
            Authorization fresh = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GLOBAL);
            fresh.setResource(resource);
            fresh.setResourceId(id);
            fresh.setPermissions(new Permission[] {Permissions.READ});
            authorizations.saveAuthorization(fresh);
        }
    }
}
