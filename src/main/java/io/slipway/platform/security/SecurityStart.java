package io.slipway.platform.security;

import io.slipway.platform.process.EngineAccess;
import org.camunda.bpm.engine.ProcessEngineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/** Brings groups, authorizations, work lists and first accounts into their state at every start, before the first request. */
@Component
class SecurityStart implements SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger(SecurityStart.class);
    private static final int ATTEMPTS = 5;

    private final EngineAccess access;
    private final RoleGroups groups;
    private final Authorizations authorizations;
    private final WorkLists lists;
    private final FirstAdministrators administrators;

    SecurityStart(
            EngineAccess access,
            RoleGroups groups,
            Authorizations authorizations,
            WorkLists lists,
            FirstAdministrators administrators) {
        this.access = access;
        this.groups = groups;
        this.authorizations = authorizations;
        this.lists = lists;
        this.administrators = administrators;
    }

    @Override
    public void afterSingletonsInstantiated() {
        for (int attempt = 1; ; attempt++) {
            try {
                access.asSystem(() -> {
                    groups.closeSetup();
                    groups.openAll();
                    authorizations.giveWorker();
                    lists.open();
                    administrators.open();
                    return true;
                });
                return;
            } catch (ProcessEngineException | DataIntegrityViolationException e) {
                // Another node that starts at the same time may have created the same; the next turn finds it.
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                LOG.info("Groups, rights and accounts are brought into their state once more: {}", e.getMessage());
            }
        }
    }
}
