package io.slipway.governance.access;

import io.slipway.platform.data.ListTotal;
import io.slipway.platform.process.EngineAccess;
import io.slipway.platform.security.RoleChanges;
import io.slipway.release.AuditTrail;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Keeps who got or lost which role when, and tells who had which at any moment. */
@Service
public class AccessHistory implements RoleChanges {

    private static final String SYSTEM = "system";

    private final JdbcClient jdbc;
    private final IdentityService identities;
    private final EngineAccess access;
    private final AuditTrail audit;
    private final Clock clock;

    AccessHistory(
            JdbcClient jdbc,
            @Lazy IdentityService identities,
            EngineAccess access,
            @Lazy AuditTrail audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.identities = identities;
        this.access = access;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A role that somebody had at a moment.
     *
     * @param since when the person got it
     * @param by opaque id of whoever gave it, or {@code system}
     */
    public record Held(String person, String group, Instant since, String by) {}

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void changed(@Nullable String actor, String person, String group, boolean joined) {
        keep(actor == null ? SYSTEM : actor, person, group, joined);
        audit.record(new AuditTrail.Entry(
                Optional.empty(),
                joined ? "access.grant" : "access.revoke",
                group,
                Map.of("member", !joined),
                Map.of("member", joined, "person", person)));
    }

    private void keep(String by, String person, String group, boolean joined) {
        jdbc.sql(
                        "insert into access_change (person_id, group_name, joined, changed_at, changed_by) values (?, ?, ?, ?, ?)")
                .params(person, group, joined, Timestamp.from(clock.instant()), by)
                .update();
    }

    /** What was given before this history began, or past it, is found at the start of the program and told as found then. */
    @EventListener(ApplicationReadyEvent.class)
    @Transactional
    public void catchUp() {
        Set<String> known = new HashSet<>();
        held(clock.instant(), 0, Integer.MAX_VALUE).forEach(held -> known.add(held.person() + " " + held.group()));
        for (Group group : access.asSystem(() -> identities.createGroupQuery().list())) {
            List<User> members = access.asSystem(() ->
                    identities.createUserQuery().memberOfGroup(group.getId()).list());
            for (User member : members) {
                if (!known.contains(member.getId() + " " + group.getId())) {
                    keep(SYSTEM, member.getId(), group.getId(), true);
                }
            }
        }
    }

    private static final String LAST_BEFORE =
            " where c.changed_at < :moment and c.joined = true and not exists (select 1 from access_change later"
                    + " where later.group_name = c.group_name and later.person_id = c.person_id and later.id > c.id"
                    + " and later.changed_at < :moment)";

    /** Who had which role right before a moment, by role. */
    @Transactional(readOnly = true)
    public Page<Held> at(Instant moment, Pageable page) {
        long total = jdbc.sql(ListTotal.sql("from access_change c" + LAST_BEFORE, page))
                .param("moment", Timestamp.from(moment))
                .query(Long.class)
                .single();
        return new PageImpl<>(held(moment, page.getOffset(), page.getPageSize()), page, total);
    }

    private List<Held> held(Instant moment, long offset, int limit) {
        // Read in the order of the list; by the time of the change all rows would have to be sorted.
        return jdbc.sql("select c.person_id, c.group_name, c.changed_at, c.changed_by"
                        + " from access_change c use index (access_change_role)" + LAST_BEFORE
                        + " order by c.group_name, c.person_id limit :limit offset :offset")
                .param("moment", Timestamp.from(moment))
                .param("limit", limit)
                .param("offset", offset)
                .query((row, number) -> new Held(
                        row.getString(1), row.getString(2), row.getTimestamp(3).toInstant(), row.getString(4)))
                .list();
    }
}
