package io.slipway.governance.approvals;

import io.slipway.governance.process.ApproveChangeProcess;
import io.slipway.platform.data.ListTotal;
import io.slipway.platform.process.Brief;
import io.slipway.platform.process.EngineAccess;
import io.slipway.platform.process.LentRoles;
import io.slipway.platform.process.ProcessKeys;
import io.slipway.platform.process.StepObserver;
import io.slipway.platform.security.People;
import io.slipway.platform.security.Person;
import io.slipway.release.AuditTrail;
import io.slipway.release.NotFound;
import io.slipway.release.NotPermitted;
import io.slipway.release.Refused;
import io.slipway.release.Role;
import io.slipway.release.StoredIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Lazy;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lets a member of a group that approves name somebody who approves instead, for a time. Who requested, authored or deploys a release
 * approves it for nobody: that is asked with every decision, whoever decides.
 */
@Service
public class Delegations implements LentRoles, StepObserver {

    /** Roles that approve changes; no other is lent. */
    private static final Set<Role> APPROVING = Set.of(Role.CHANGE_AUTHORITY, Role.CAB_MEMBER, Role.SECURITY, Role.DBA);

    private static final String COLUMNS =
            "id, group_name, from_person, to_person, reason, starts_at, ends_at, revoked_at";

    private final JdbcClient jdbc;
    private final People people;
    private final EngineAccess access;
    private final TaskService tasks;
    private final AuditTrail audit;
    private final Settings settings;
    private final Clock clock;

    Delegations(
            JdbcClient jdbc,
            People people,
            EngineAccess access,
            @Lazy TaskService tasks,
            @Lazy AuditTrail audit,
            Settings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.people = people;
        this.access = access;
        this.tasks = tasks;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * How long somebody may approve for another at most.
     *
     * @param longest from start to end
     */
    @ConfigurationProperties("slipway.governance.delegations")
    public record Settings(@DefaultValue("P30D") Duration longest) {}

    /**
     * Names somebody who approves instead of the person who asks.
     *
     * @param login login name of the other person
     * @throws NotPermitted when the asker is no member of the group
     * @throws Refused naming the field that is not acceptable
     */
    @Transactional
    public Delegation enter(String person, String group, String login, Instant start, Instant end, String reason) {
        Role role = Role.ofGroup(group)
                .filter(APPROVING::contains)
                .orElseThrow(() -> new Refused("group", "'group' must be a group that approves changes."));
        requireMember(person, role.group());
        if (reason.isBlank() || reason.length() > 2_000) {
            throw new Refused("reason", "Please say in 1 to 2000 characters why somebody else approves.");
        }
        Instant now = clock.instant();
        if (!start.isBefore(end) || !end.isAfter(now)) {
            throw new Refused("end", "A delegation ends after it starts, and not in the past.");
        }
        if (Duration.between(start, end).compareTo(settings.longest()) > 0) {
            throw new Refused(
                    "end", "A delegation lasts at most " + settings.longest().toDays() + " days.");
        }
        Person other = people.findByLogin(login)
                .filter(found -> found.state() == Person.State.ACTIVE)
                .orElseThrow(() -> new Refused("person", "There is no person who signs in as '" + login + "'."));
        if (other.id().equals(person)) {
            throw new Refused("person", "Please name somebody else.");
        }
        Delegation delegation = new Delegation(
                UUID.randomUUID(), group, person, other.id(), reason.strip(), start, end, Optional.empty());
        jdbc.sql(
                        "insert into approval_delegation (id, group_name, from_person, to_person, reason, starts_at, ends_at, entered_at)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        StoredIds.bytes(delegation.id()),
                        group,
                        person,
                        other.id(),
                        delegation.reason(),
                        Timestamp.from(start),
                        Timestamp.from(end),
                        Timestamp.from(now))
                .update();
        audit.record(new AuditTrail.Entry(
                Optional.empty(),
                "approval.delegate",
                group,
                Map.of(),
                Map.of(
                        "from", person,
                        "to", other.id(),
                        "start", start.toString(),
                        "end", end.toString(),
                        "reason", delegation.reason())));
        if (delegation.holdsAt(now)) {
            offerOpenTasks(delegation);
        }
        return delegation;
    }

    /**
     * Lets a person pass who belongs to a group.
     *
     * @throws NotPermitted when the person does not
     */
    public void requireMember(String person, String group) {
        if (!access.groupsOf(person).contains(group)) {
            throw new NotPermitted("This is delegated by "
                    + Role.ofGroup(group).map(Role::label).orElse("members of a group that approves changes")
                    + ", and you do not have that role.");
        }
    }

    /** What waits already is offered to the other person as well. */
    private void offerOpenTasks(Delegation delegation) {
        access.asSystem(() -> {
            tasks.createTaskQuery()
                    .processDefinitionKey(ApproveChangeProcess.KEY)
                    .taskDefinitionKey(ApproveChangeProcess.Element.APPROVE_CHANGE.id())
                    .taskCandidateGroup(delegation.group())
                    .includeAssignedTasks()
                    .listPage(0, 500)
                    .forEach(task -> tasks.addCandidateUser(task.getId(), delegation.to()));
            return true;
        });
    }

    /**
     * Takes a delegation back; what was approved under it before keeps counting.
     *
     * @throws NotFound when there is none of this person that holds or is to come
     */
    @Transactional
    public void revoke(String person, UUID id) {
        Timestamp now = Timestamp.from(clock.instant());
        int changed = jdbc.sql("update approval_delegation set revoked_at = ?"
                        + " where id = ? and from_person = ? and revoked_at is null and ends_at > ?")
                .params(now, StoredIds.bytes(id), person, now)
                .update();
        if (changed == 0) {
            throw new NotFound("delegation of yours", id.toString());
        }
        audit.record(new AuditTrail.Entry(
                Optional.empty(),
                "approval.revokeDelegation",
                id.toString(),
                Map.of("revoked", false),
                Map.of("revoked", true, "person", person)));
    }

    /** Delegations, those entered last first. */
    @Transactional(readOnly = true)
    public Page<Delegation> list(Pageable page) {
        long total = jdbc.sql(ListTotal.sql("from approval_delegation", page))
                .query(Long.class)
                .single();
        List<Delegation> rows = jdbc.sql(
                        "select " + COLUMNS + " from approval_delegation order by entered_at desc limit ? offset ?")
                .params(page.getPageSize(), page.getOffset())
                .query(Delegations::delegation)
                .list();
        return new PageImpl<>(rows, page, total);
    }

    /** Whether somebody approved for the group of another at a moment, and that other one belongs to the group. */
    boolean heldAt(String person, String group, Instant moment) {
        return jdbc
                .sql("select " + COLUMNS
                        + " from approval_delegation where to_person = ? and group_name = ? and ends_at > ?")
                .params(person, group, Timestamp.from(moment))
                .query(Delegations::delegation)
                .list()
                .stream()
                .filter(delegation -> delegation.holdsAt(moment))
                .anyMatch(delegation -> access.groupsOf(delegation.from()).contains(group));
    }

    @Override
    public boolean lent(String person, String group, DelegateTask task) {
        return ProcessKeys.of(task.getProcessDefinitionId()).equals(ApproveChangeProcess.KEY)
                && heldAt(person, group, clock.instant());
    }

    /** Offers a new task to everybody who approves for somebody of its group now. */
    @Override
    public void opened(DelegateTask task, Brief brief) {
        if (!ProcessKeys.of(task.getProcessDefinitionId()).equals(ApproveChangeProcess.KEY)
                || !task.getTaskDefinitionKey().equals(ApproveChangeProcess.Element.APPROVE_CHANGE.id())) {
            return;
        }
        String group = ApproveChangeProcess.APPROVAL_GROUP.require(task.getExecution());
        Instant now = clock.instant();
        jdbc
                .sql("select " + COLUMNS + " from approval_delegation where group_name = ? and ends_at > ? limit 200")
                .params(group, Timestamp.from(now))
                .query(Delegations::delegation)
                .list()
                .stream()
                .filter(delegation -> delegation.holdsAt(now))
                .map(Delegation::to)
                .distinct()
                .forEach(task::addCandidateUser);
    }

    private static Delegation delegation(ResultSet row, int number) throws SQLException {
        return new Delegation(
                StoredIds.uuid(row.getBytes(1)),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getTimestamp(6).toInstant(),
                row.getTimestamp(7).toInstant(),
                Optional.ofNullable(row.getTimestamp(8)).map(Timestamp::toInstant));
    }
}
