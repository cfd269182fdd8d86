package io.slipway.platform.security;

import io.slipway.platform.process.EngineAccess;
import java.util.List;
import java.util.Optional;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** Who is signed in on this request. */
@Component
public class CurrentPerson {

    private final People people;
    private final EngineAccess access;
    private final RoleGroups groups;

    CurrentPerson(People people, EngineAccess access, RoleGroups groups) {
        this.people = people;
        this.access = access;
        this.groups = groups;
    }

    /** Opaque id; empty when nobody is signed in. */
    public Optional<String> id() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication == null
                        || authentication instanceof AnonymousAuthenticationToken
                        || !authentication.isAuthenticated()
                ? Optional.empty()
                : Optional.of(authentication.getName());
    }

    /** What people read; empty when nobody is signed in. */
    public Optional<String> name() {
        return id().map(people::name);
    }

    /** Names of the roles as people read them, in the order of the table. */
    public List<String> roleNames() {
        return id().map(access::groupsOf).map(groups::roleNames).orElse(List.of());
    }

    /** Whether the person's roles give this right. */
    public boolean may(Right right) {
        return id().map(access::groupsOf)
                .map(held -> groups.rightsOf(held).contains(right))
                .orElse(false);
    }
}
