package io.slipway.platform.security;

import io.slipway.platform.process.EngineAccess;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Asks the engine, which keeps the passwords and counts the wrong ones. */
@Component
class EnginePasswordCheck implements PasswordCheck {

    private final IdentityService identities;
    private final EngineAccess access;
    private final TransactionTemplate own;

    EnginePasswordCheck(
            @Lazy IdentityService identities, EngineAccess access, PlatformTransactionManager transactions) {
        this.identities = identities;
        this.access = access;
        this.own = new TransactionTemplate(transactions);
        // A caller that rolls back after a wrong password must not take the count of it along.
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @Override
    public boolean matches(String person, String password) {
        return Boolean.TRUE.equals(
                own.execute(status -> access.asSystem(() -> identities.checkPassword(person, password))));
    }
}
