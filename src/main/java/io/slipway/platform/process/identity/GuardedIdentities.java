package io.slipway.platform.process.identity;

import java.util.function.Supplier;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.identity.IdentityOperationResult;
import org.camunda.bpm.engine.impl.identity.db.DbIdentityServiceProvider;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.jspecify.annotations.Nullable;

/** The engine's users and groups in its database, with {@link IdentityRules} asked first. */
class GuardedIdentities extends DbIdentityServiceProvider {

    private final Supplier<IdentityRules> rules;
    private final String unmatched;

    /**
     * A session for one command.
     *
     * @param unmatched a stored password that nobody has
     */
    GuardedIdentities(Supplier<IdentityRules> rules, String unmatched) {
        this.rules = rules;
        this.unmatched = unmatched;
    }

    @Override
    public IdentityOperationResult saveUser(User user) {
        UserEntity entity = (UserEntity) user;
        String actor = actor();
        if (actor != null && entity.getRevision() == 0) {
            checkAuthorization(Permissions.CREATE, Resources.USER, null);
            entity.setId(rules.get().open(actor, entity.getId(), entity.getEmail()));
        } else if (actor != null) {
            checkAuthorization(Permissions.UPDATE, Resources.USER, entity.getId());
            rules.get().change(actor, entity.getId(), renamed(entity), entity.hasNewPassword(), entity.getEmail());
        }
        // Login name and mail address are kept elsewhere; here is only what Tasklist shows.
        entity.setEmail(null);
        return super.saveUser(entity);
    }

    private boolean renamed(UserEntity entity) {
        UserEntity stored = findUserById(entity.getId());
        return stored == null
                || !same(stored.getFirstName(), entity.getFirstName())
                || !same(stored.getLastName(), entity.getLastName());
    }

    private static boolean same(@Nullable String a, @Nullable String b) {
        return (a == null ? "" : a).equals(b == null ? "" : b);
    }

    @Override
    public IdentityOperationResult deleteUser(String userId) {
        String actor = actor();
        if (actor != null) {
            checkAuthorization(Permissions.DELETE, Resources.USER, userId);
            rules.get().delete(actor, userId);
        }
        return super.deleteUser(userId);
    }

    @Override
    public IdentityOperationResult createMembership(String userId, String groupId) {
        checkAuthorization(Permissions.CREATE, Resources.GROUP_MEMBERSHIP, groupId);
        rules.get().join(actor(), userId, groupId);
        IdentityOperationResult done = super.createMembership(userId, groupId);
        rules.get().changed(actor(), userId, groupId, true);
        return done;
    }

    @Override
    public IdentityOperationResult deleteMembership(String userId, String groupId) {
        String actor = actor();
        if (actor != null) {
            checkAuthorization(Permissions.DELETE, Resources.GROUP_MEMBERSHIP, groupId);
            rules.get().leave(actor, userId, groupId);
        }
        IdentityOperationResult done = super.deleteMembership(userId, groupId);
        rules.get().changed(actor, userId, groupId, false);
        return done;
    }

    /** Takes as long for a user that does not exist or has to wait as for a wrong password, so that time tells nothing. */
    @Override
    public boolean checkPassword(String userId, String password) {
        UserEntity user = findUserById(userId);
        if (password == null) {
            return false;
        }
        if (user == null || user.getPassword() == null || isUserLocked(user)) {
            Context.getProcessEngineConfiguration().getPasswordManager().check(password, unmatched);
            return false;
        }
        return super.checkPassword(userId, password);
    }

    private @Nullable String actor() {
        Authentication authentication = getCurrentAuthentication();
        return authentication == null ? null : authentication.getUserId();
    }
}
