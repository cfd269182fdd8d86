package io.slipway.platform.security;

import io.slipway.platform.process.identity.IdentityRules;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.camunda.bpm.engine.authorization.Groups;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Accounts are looked after by two administrators together. Whoever first gives a role or sets somebody else's password only
 * proposes it: the attempt is kept and refused, and it takes effect when another administrator does the same within a day. Nobody
 * gives himself anything, and two administrators remain.
 */
@Component
class FourEyes implements IdentityRules {

    private static final Logger LOG = LoggerFactory.getLogger(FourEyes.class);
    private static final String NO_SESSION = "";

    private final People people;
    private final RoleGroups groups;
    private final JdbcClient jdbc;
    private final TransactionTemplate apart;
    private final Clock clock;
    private final Duration validity;
    private final ObjectProvider<RoleChanges> changes;

    FourEyes(
            People people,
            RoleGroups groups,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Clock clock,
            ObjectProvider<RoleChanges> changes,
            @Value("${slipway.accounts.proposal-validity:PT24H}") Duration validity) {
        this.people = people;
        this.groups = groups;
        this.jdbc = jdbc;
        this.apart = new TransactionTemplate(transactions);
        // The attempt is refused and rolled back; what is kept of it commits by itself.
        this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.clock = clock;
        this.validity = validity;
        this.changes = changes;
    }

    @Override
    public String open(String actor, String login, @Nullable String mail) {
        Person person = people.open(login, mail == null || mail.isBlank() ? null : mail);
        LOG.info("{} opened the account {}", actor, person.id());
        return person.id();
    }

    @Override
    public void change(String actor, String person, boolean renamed, boolean newPassword, @Nullable String mail) {
        if (people.find(person).isEmpty()) {
            throw new AccountRefused("This is no person's account; it stays as it is.");
        }
        if (renamed && actor.equals(person)) {
            throw new AccountRefused(
                    "Your displayed name is changed by an administrator, because others rely on what they read.");
        }
        if (newPassword && !actor.equals(person)) {
            second(actor, "password", person, "");
        }
        if (newPassword) {
            endSessions(person);
        }
        if (mail != null && !mail.isBlank()) {
            people.writeTo(person, mail);
        }
    }

    /**
     * Whoever signed in with the old password, and on whichever node, is signed out; the session that asked for the new one may go on.
     * Part of the transaction that stores the password: if it is refused, nobody is signed out.
     */
    private void endSessions(String person) {
        String asking = RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? sessionOf(attributes.getRequest())
                : NO_SESSION;
        int ended = jdbc.sql("delete from SPRING_SESSION where PRINCIPAL_NAME = ? and SESSION_ID <> ?")
                .params(person, asking)
                .update();
        LOG.info("{} has a new password; {} sessions were ended", person, ended);
    }

    private static String sessionOf(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session == null ? NO_SESSION : session.getId();
    }

    @Override
    public void delete(String actor, String person) {
        throw new AccountRefused(
                "Accounts are not deleted, because records name them; take their groups away instead.");
    }

    @Override
    public void join(@Nullable String actor, String person, String group) {
        if (Groups.CAMUNDA_ADMIN.equals(group)) {
            if (actor == null && person.equals(RoleGroups.NOBODY)) {
                return;
            }
            throw new AccountRefused(
                    "The engine's own administrators' group stays empty; no account may do everything.");
        }
        if (groups.roleOf(group).isEmpty()) {
            throw new AccountRefused("There is no role '" + group + "'.");
        }
        if (actor == null) {
            return;
        }
        if (actor.equals(person)) {
            throw new AccountRefused("Nobody gives a role to himself; please ask another administrator.");
        }
        second(actor, "join", person, group);
    }

    @Override
    public void leave(String actor, String person, String group) {
        if (actor.equals(person)) {
            throw new AccountRefused("Nobody takes a role from himself; please ask another administrator.");
        }
        groups.requireRemaining(group, person);
    }

    @Override
    public void changed(@Nullable String actor, String person, String group, boolean joined) {
        if (!group.equals(Groups.CAMUNDA_ADMIN)) {
            changes.forEach(told -> told.changed(actor, person, group, joined));
        }
    }

    /** Passes when another administrator did the same lately; keeps the attempt and refuses it otherwise. */
    private void second(String actor, String action, String person, String group) {
        Optional<String> first = jdbc.sql("select proposed_by from account_proposal"
                        + " where action = ? and person_id = ? and group_id = ? and proposed_at > ?")
                .params(action, person, group, Timestamp.from(clock.instant().minus(validity)))
                .query(String.class)
                .optional();
        if (first.isPresent() && !first.get().equals(actor)) {
            jdbc.sql("delete from account_proposal where action = ? and person_id = ? and group_id = ?")
                    .params(action, person, group)
                    .update();
            LOG.info("{} confirmed '{}' for {} {}, proposed by {}", actor, action, person, group, first.get());
            return;
        }
        apart.executeWithoutResult(status -> {
            jdbc.sql("delete from account_proposal where action = ? and person_id = ? and group_id = ?")
                    .params(action, person, group)
                    .update();
            jdbc.sql("insert into account_proposal (action, person_id, group_id, proposed_by, proposed_at)"
                            + " values (?, ?, ?, ?, ?)")
                    .params(action, person, group, actor, Timestamp.from(clock.instant()))
                    .update();
        });
        LOG.info("{} proposed '{}' for {} {}", actor, action, person, group);
        throw new AccountRefused("Your change is noted as a proposal; it takes effect when another administrator makes"
                + " the same change within " + validity.toHours() + " hours.");
    }
}
