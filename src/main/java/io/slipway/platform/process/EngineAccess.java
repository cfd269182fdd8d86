package io.slipway.platform.process;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** In whose name the engine is called. */
@Component
public class EngineAccess {

    /** Principal of the external-task workers; no person can have this id, because ids of persons are drawn. */
    public static final String WORKER = "slipway-worker";

    private final IdentityService identities;

    EngineAccess(@Lazy IdentityService identities) {
        this.identities = identities;
    }

    /** Opaque id of the person on whose behalf this thread works; empty for jobs and start-up. */
    public Optional<String> person() {
        Authentication authentication = identities.getCurrentAuthentication();
        return authentication == null ? Optional.empty() : Optional.ofNullable(authentication.getUserId());
    }

    /** Runs without a person, past the engine's authorizations: for what Slipway itself has decided to do. */
    public <T> T asSystem(Supplier<T> work) {
        return with(null, work);
    }

    /** Runs in the name of a person, with the groups that the person has now. */
    public <T> T as(String person, Supplier<T> work) {
        return with(person, work);
    }

    /** Groups of a person as they are stored, whatever the caller claims. */
    public List<String> groupsOf(String person) {
        return asSystem(() -> identities.createGroupQuery().groupMember(person).list().stream()
                .map(Group::getId)
                .toList());
    }

    private <T> T with(@Nullable String person, Supplier<T> work) {
        Authentication before = identities.getCurrentAuthentication();
        try {
            if (person == null) {
                identities.clearAuthentication();
            } else {
                List<String> groups = person.equals(WORKER) ? List.of() : groupsOf(person);
                identities.setAuthentication(person, groups);
            }
            return work.get();
        } finally {
            if (before == null) {
                identities.clearAuthentication();
            } else {
                identities.setAuthentication(before);
            }
        }
    }
}
