package io.slipway.communication;

import io.slipway.release.AuditTrail;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Role;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Knows which role is told when another one leaves a task lying. */
@Service
public class Deputies {

    private final JdbcClient jdbc;
    private final Permissions permissions;
    private final AuditTrail audit;

    Deputies(JdbcClient jdbc, Permissions permissions, AuditTrail audit) {
        this.jdbc = jdbc;
        this.permissions = permissions;
        this.audit = audit;
    }

    /** The deputy of every role that has one. */
    @Transactional(readOnly = true)
    public Map<Role, Role> all() {
        Map<Role, Role> deputies = new LinkedHashMap<>();
        jdbc.sql("select role_name, deputy_name from deputy order by role_name").query(row -> {
            Optional<Role> role = Role.ofGroup(row.getString(1));
            Optional<Role> deputy = Role.ofGroup(row.getString(2));
            if (role.isPresent() && deputy.isPresent()) {
                deputies.put(role.get(), deputy.get());
            }
        });
        return deputies;
    }

    /** Groups that stand in for a group, of the same system where the role is held per system; none where there is no deputy. */
    @Transactional(readOnly = true)
    public Set<String> groupsFor(String group) {
        int at = group.indexOf('@');
        String role = at < 0 ? group : group.substring(0, at);
        String system = at < 0 ? "" : group.substring(at + 1);
        return jdbc
                .sql("select deputy_name from deputy where role_name = ?")
                .param(role)
                .query(String.class)
                .list()
                .stream()
                .map(Role::ofGroup)
                .flatMap(Optional::stream)
                .filter(deputy -> !deputy.systemScoped() || !system.isEmpty())
                .map(deputy -> deputy.groupFor(system))
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
    }

    /**
     * Names the deputy of a role.
     *
     * @throws Refused when one of them is no role, or both are the same
     */
    @Transactional
    public void name(String person, @Nullable String role, @Nullable String deputy) {
        permissions.require(person, Role.RELEASE_MANAGER, Role.ADMIN);
        Role of = role("role", role);
        Role standIn = role("deputy", deputy);
        if (of == standIn) {
            throw new Refused("deputy", "Nobody is their own deputy; please choose another role.");
        }
        if (standIn == Role.AUDITOR || standIn == Role.ADMIN) {
            throw new Refused(
                    "deputy", standIn.label() + " decides nothing about releases; please choose another role.");
        }
        Map<Role, Role> before = all();
        jdbc.sql("delete from deputy where role_name = ?").param(of.group()).update();
        jdbc.sql("insert into deputy (role_name, deputy_name) values (?, ?)")
                .params(of.group(), standIn.group())
                .update();
        Role was = before.get(of);
        audit.record(new AuditTrail.Entry(
                Optional.empty(),
                "communication.nameDeputy",
                of.group(),
                was == null ? Map.of() : Map.of("deputy", was.group()),
                Map.of("deputy", standIn.group())));
    }

    private static Role role(String field, @Nullable String group) {
        return Role.ofGroup(group == null ? "" : group)
                .orElseThrow(() -> new Refused(field, "'" + field + "' must be one of the roles, such as qa."));
    }
}
