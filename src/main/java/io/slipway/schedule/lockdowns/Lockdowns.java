package io.slipway.schedule.lockdowns;

import io.slipway.integration.incidents.Incident;
import io.slipway.integration.incidents.IncidentRegister;
import io.slipway.platform.data.ListTotal;
import io.slipway.platform.process.RuleTable;
import io.slipway.platform.process.RuleTables;
import io.slipway.platform.text.Beginning;
import io.slipway.release.AuditTrail;
import io.slipway.release.Landscape;
import io.slipway.release.NotFound;
import io.slipway.release.Notices;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import io.slipway.release.SideProcesses;
import io.slipway.release.StoredIds;
import io.slipway.schedule.Met;
import io.slipway.schedule.TimeSpan;
import io.slipway.schedule.Windows;
import io.slipway.schedule.incidents.IncidentsChanged;
import io.slipway.schedule.process.ImposeLockdownProcess;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Holds releases away from production while incidents are open. A rule over the open incidents or an incident manager proposes a
 * lockdown, another person approves it, and its end looks again at the windows that passed meanwhile.
 */
@Service
public class Lockdowns {

    static final String RULE = "lockdown-proposal";

    private static final String ALL = "*";
    private static final int MOST_RELEASES = 500;
    private static final String SELECT = "select number_, system_key, state, reason, proposed_by, proposed_at,"
            + " decided_by, enforced_at, ended_at from lockdown";

    private final JdbcClient jdbc;
    private final IncidentRegister register;
    private final RuleTables rules;
    private final SideProcesses sides;
    private final Releases releases;
    private final Windows windows;
    private final Landscape landscape;
    private final Permissions permissions;
    private final Notices notices;
    private final AuditTrail audit;
    private final Clock clock;

    Lockdowns(
            JdbcClient jdbc,
            IncidentRegister register,
            RuleTables rules,
            @Lazy SideProcesses sides,
            Releases releases,
            Windows windows,
            Landscape landscape,
            Permissions permissions,
            Notices notices,
            AuditTrail audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.register = register;
        this.rules = rules;
        this.sides = sides;
        this.releases = releases;
        this.windows = windows;
        this.landscape = landscape;
        this.permissions = permissions;
        this.notices = notices;
        this.audit = audit;
        this.clock = clock;
    }

    /** What is decided about a proposal. */
    public enum Decision {
        APPROVE,
        REJECT
    }

    /**
     * A release that a lockdown holds, or would hold.
     *
     * @param window its window, if one is planned
     */
    public record Held(String release, String title, String state, Optional<TimeSpan> window) {}

    /** Asks the rule about the open incidents, and proposes what it says; nothing happens when it was proposed already. */
    @Transactional
    public void evaluate(String system) {
        List<Incident> open = register.unresolved();
        long grave = of(open, system, Incident.Priority.P1);
        Map<String, Integer> facts = Map.of(
                "graveIncidents",
                (int) grave,
                "seriousIncidents",
                (int) of(open, system, Incident.Priority.P2),
                "gravelyDisturbedSystems",
                (int) open.stream()
                        .filter(incident -> incident.priority() == Incident.Priority.P1)
                        .map(Incident::system)
                        .distinct()
                        .count());
        RuleTable.Fired fired = rules.openNewest(RULE)
                .evaluate(facts)
                .orElseThrow(
                        () -> new IllegalStateException("The decision '" + RULE + "' says nothing about " + facts));
        if ("NONE".equals(fired.value())) {
            return;
        }
        Optional<String> scope = "ALL".equals(fired.value()) ? Optional.empty() : Optional.of(system);
        String basis = open.stream()
                .filter(incident -> incident.priority().compareTo(Incident.Priority.P3) < 0)
                .filter(incident -> scope.isEmpty() || incident.system().equals(system))
                .map(Incident::key)
                .sorted()
                .limit(30)
                .collect(Collectors.joining(", "));
        if (!isKnown(scope, basis)) {
            begin(scope, fired.because() + " Incidents: " + basis + ".", basis, null);
        }
    }

    @EventListener
    void changed(IncidentsChanged change) {
        evaluate(change.system());
    }

    private static long of(List<Incident> open, String system, Incident.Priority priority) {
        return open.stream()
                .filter(incident -> incident.system().equals(system) && incident.priority() == priority)
                .count();
    }

    /** Whether one is open for the scope, or the same incidents were decided on already. */
    private boolean isKnown(Optional<String> scope, String basis) {
        return jdbc.sql("select count(*) from lockdown where open_scope = ? or open_scope = ? or (basis = ? and"
                                + " (system_key = ? or (system_key is null and ? = '*')))")
                        .params(ALL, scope.orElse(ALL), basis, scope.orElse(null), scope.orElse(ALL))
                        .query(Long.class)
                        .single()
                > 0;
    }

    /**
     * Proposes a lockdown.
     *
     * @param system key of the system; empty for all
     * @throws Refused when no reason is given, or one is open for the scope
     * @throws NotFound when there is no such system
     */
    @Transactional
    public Lockdown propose(String person, Optional<String> system, String reason) {
        requireManager(person);
        String why = checked("reason", reason);
        system.ifPresent(landscape::system);
        return begin(system, why, "", person);
    }

    /** Lets incident managers pass. */
    public void requireManager(String person) {
        permissions.require(person, Role.INCIDENT_MANAGER);
    }

    /** Whether a person proposes and lifts lockdowns. */
    public boolean mayManage(String person) {
        return permissions.has(person, Role.INCIDENT_MANAGER);
    }

    private Lockdown begin(Optional<String> system, String reason, String basis, @Nullable String person) {
        int number = jdbc.sql("select coalesce(max(number_), 0) + 1 from lockdown")
                .query(Integer.class)
                .single();
        try {
            jdbc.sql("insert into lockdown (number_, system_key, open_scope, state, reason, basis, proposed_by,"
                            + " proposed_at) values (?, ?, ?, 'PROPOSED', ?, ?, ?, ?)")
                    .params(
                            number,
                            system.orElse(null),
                            system.orElse(ALL),
                            Beginning.of(reason, 2000),
                            basis,
                            person,
                            local(clock.instant()))
                    .update();
        } catch (DuplicateKeyException oneIsOpen) {
            throw new Refused("system", "A lockdown of " + system.orElse("all systems") + " is open already.");
        }
        Lockdown lockdown = get("lockdown-" + number);
        record("schedule.proposeLockdown", lockdown, Map.of());
        sides.start(lockdown.key(), ImposeLockdownProcess.KEY, Map.of());
        return lockdown;
    }

    /** One lockdown, by its key. */
    @Transactional(readOnly = true)
    public Lockdown get(String key) {
        if (!key.matches("lockdown-\\d{1,9}")) {
            throw new NotFound("lockdown", key);
        }
        return jdbc.sql(SELECT + " where number_ = ?")
                .param(Integer.parseInt(key.substring(9)))
                .query(Lockdowns::lockdown)
                .optional()
                .orElseThrow(() -> new NotFound("lockdown", key));
    }

    /**
     * Notes what is decided about a proposal.
     *
     * @throws Refused when the person proposed it, it was decided, or no reason is given
     */
    @Transactional
    public void decide(String key, String person, Decision decision, String reason) {
        permissions.require(person, Role.INCIDENT_MANAGER, Role.CHANGE_AUTHORITY);
        Lockdown lockdown = get(key);
        if (lockdown.proposedBy().filter(person::equals).isPresent()) {
            throw new Refused("Whoever proposed a lockdown does not decide on it; please leave it to somebody else.");
        }
        String why = checked("lockdownReason", reason);
        int decided = jdbc.sql("update lockdown set decision = ?, decided_by = ?, decided_at = ?, decision_reason = ?"
                        + " where number_ = ? and decision is null")
                .params(decision.name(), person, local(clock.instant()), why, lockdown.number())
                .update();
        if (decided == 0) {
            throw new Refused("It was decided already.");
        }
        audit.record(new AuditTrail.Entry(
                Optional.empty(),
                "schedule.decideLockdown",
                key,
                facts(lockdown),
                Map.of("decision", decision.name(), "reason", why)));
    }

    /** Puts a lockdown into force if it was approved, and closes it otherwise; doing it again changes nothing. */
    @Transactional
    public Lockdown.State enforce(String key) {
        Lockdown before = get(key);
        if (before.state() != Lockdown.State.PROPOSED) {
            return before.state();
        }
        String decision = jdbc.sql("select decision from lockdown where number_ = ? and decision is not null")
                .param(before.number())
                .query(String.class)
                .optional()
                .orElseThrow(() -> new Refused("Nobody has decided on " + key + " yet."));
        boolean approved = Decision.valueOf(decision) == Decision.APPROVE;
        jdbc.sql("update lockdown set state = ?, enforced_at = ?, ended_at = ?, open_scope = ? where number_ = ?")
                .params(
                        approved ? Lockdown.State.ENFORCED.name() : Lockdown.State.REJECTED.name(),
                        approved ? local(clock.instant()) : null,
                        approved ? null : local(clock.instant()),
                        approved ? before.system().orElse(ALL) : null,
                        before.number())
                .update();
        Lockdown after = get(key);
        record("schedule.enforceLockdown", after, facts(before));
        if (approved) {
            held(after)
                    .forEach(held -> tell(
                            after,
                            held.release(),
                            "enforced",
                            held.release() + " is held away from production",
                            "A lockdown of " + after.scope() + " is in force: " + after.reason()));
        }
        return after.state();
    }

    /**
     * Notes that a lockdown may end.
     *
     * @throws Refused when no reason is given
     */
    @Transactional
    public void lift(String key, String person, String reason) {
        requireManager(person);
        Lockdown lockdown = get(key);
        jdbc.sql("update lockdown set lifted_by = ?, lift_reason = ? where number_ = ?")
                .params(person, checked("liftReason", reason), lockdown.number())
                .update();
    }

    /**
     * Ends a lockdown and looks at what it held: whose window has passed or meets something by now learns which time is free next.
     * Doing it again changes nothing.
     */
    @Transactional
    public void end(String key) {
        Lockdown before = get(key);
        if (before.state() != Lockdown.State.ENFORCED) {
            return;
        }
        boolean lifted = jdbc.sql("select count(*) from lockdown where number_ = ? and lifted_by is not null")
                        .param(before.number())
                        .query(Long.class)
                        .single()
                > 0;
        if (!lifted) {
            throw new Refused("Nobody has lifted " + key + " yet.");
        }
        for (Held held : held(before)) {
            releases.find(held.release())
                    .flatMap(release -> finding(release).map(text -> Map.entry(release, text)))
                    .ifPresent(found -> note(before, found.getKey(), found.getValue()));
        }
        jdbc.sql("update lockdown set state = 'ENDED', ended_at = ?, open_scope = null where number_ = ?")
                .params(local(clock.instant()), before.number())
                .update();
        record("schedule.endLockdown", get(key), facts(before));
    }

    /** What has to be looked at again; empty when the window stands. */
    private Optional<String> finding(Release release) {
        if (release.windowStart().isEmpty()
                || release.windowEnd().isEmpty()
                || release.state().touchesProduction()) {
            return Optional.empty();
        }
        TimeSpan window =
                new TimeSpan(release.windowStart().get(), release.windowEnd().get());
        Instant now = clock.instant();
        String what;
        if (!now.isBefore(window.end())) {
            what = "Its window ended at " + TimeSpan.readable(window.end()) + ", during the lockdown.";
        } else {
            List<Met> met = windows.met(release, window);
            if (met.isEmpty()) {
                return Optional.empty();
            }
            what = "Its window meets " + met.stream().map(Met::sentence).collect(Collectors.joining(" and ")) + ".";
        }
        String next = windows.nextFree(release, now, Duration.between(window.start(), window.end()))
                .map(span -> "The next free time is " + TimeSpan.readable(span.start()) + " to "
                        + TimeSpan.readable(span.end()) + ".")
                .orElse("No time is free in the calendar within 90 days.");
        return Optional.of(what + " " + next
                + " Please ask for another window; approvals that were given for the old one are given again.");
    }

    private void note(Lockdown lockdown, Release release, String text) {
        jdbc.sql("insert into lockdown_finding (lockdown_number, release_id, finding, found_at) values (?, ?, ?, ?)")
                .params(lockdown.number(), StoredIds.bytes(release), text, local(clock.instant()))
                .update();
        tell(lockdown, release.key(), "ended", release.key() + " needs another window", text);
    }

    private void tell(Lockdown lockdown, String key, String moment, String subject, String sentence) {
        releases.find(key)
                .ifPresent(release -> notices.tell(Notices.Notice.of(
                        release,
                        lockdown.key() + "/" + moment,
                        "schedule.lockdown" + (moment.equals("ended") ? "Ended" : "Enforced"),
                        Set.of(Role.RELEASE_MANAGER),
                        subject,
                        List.of(sentence))));
    }

    /** The lockdown that holds a release away from production; empty when none does. */
    @Transactional(readOnly = true)
    public Optional<Lockdown> covering(Release release) {
        return jdbc
                .sql(SELECT + " where state = 'ENFORCED' order by number_")
                .query(Lockdowns::lockdown)
                .list()
                .stream()
                .filter(lockdown -> lockdown.holds(release))
                .findFirst();
    }

    /** Releases in flight within the scope, by key; at most five hundred. */
    @Transactional(readOnly = true)
    public List<Held> held(Lockdown lockdown) {
        return jdbc.sql("select release_key, title, state, window_start, window_end from slipway_release"
                        + " where ended_at is null and (? = '*' or system_key = ?)"
                        + " and (release_class is null or release_class <> 'EMERGENCY')"
                        + " order by release_key limit " + MOST_RELEASES)
                .params(lockdown.system().orElse(ALL), lockdown.system().orElse(ALL))
                .query((row, index) -> new Held(
                        row.getString("release_key"),
                        row.getString("title"),
                        io.slipway.release.ReleaseState.valueOf(row.getString("state"))
                                .label(),
                        window(row)))
                .list();
    }

    private static Optional<TimeSpan> window(ResultSet row) throws SQLException {
        LocalDateTime start = row.getObject("window_start", LocalDateTime.class);
        LocalDateTime end = row.getObject("window_end", LocalDateTime.class);
        return start == null || end == null
                ? Optional.empty()
                : Optional.of(new TimeSpan(start.toInstant(ZoneOffset.UTC), end.toInstant(ZoneOffset.UTC)));
    }

    /** What ends of lockdowns found about a release, the latest first. */
    @Transactional(readOnly = true)
    public List<String> findings(Release release) {
        return jdbc.sql("select finding from lockdown_finding where release_id = ? order by lockdown_number desc"
                        + " limit 5")
                .param(StoredIds.bytes(release))
                .query(String.class)
                .list();
    }

    /** All lockdowns, the latest first. */
    @Transactional(readOnly = true)
    public Page<Lockdown> list(Pageable page) {
        return new PageImpl<>(
                latest(Math.toIntExact(page.getOffset()), page.getPageSize()),
                page,
                jdbc.sql(ListTotal.sql("from lockdown", page)).query(Long.class).single());
    }

    /** The newest lockdowns. */
    @Transactional(readOnly = true)
    public List<Lockdown> latest(int most) {
        return latest(0, most);
    }

    private List<Lockdown> latest(int offset, int most) {
        return jdbc.sql(SELECT + " order by number_ desc limit ? offset ?")
                .params(most, offset)
                .query(Lockdowns::lockdown)
                .list();
    }

    private static String checked(String field, String text) {
        if (text.isBlank() || text.length() > 2000) {
            throw new Refused(field, "Please give a reason of 1 to 2000 characters.");
        }
        return text.strip();
    }

    private void record(String action, Lockdown lockdown, Map<String, ?> before) {
        audit.record(new AuditTrail.Entry(Optional.empty(), action, lockdown.key(), before, facts(lockdown)));
    }

    private static Map<String, Object> facts(Lockdown lockdown) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("scope", lockdown.scope());
        facts.put("state", lockdown.state().name());
        facts.put("reason", lockdown.reason());
        facts.put("proposedBy", lockdown.proposedBy().orElse("rule"));
        return facts;
    }

    private static LocalDateTime local(Instant moment) {
        return LocalDateTime.ofInstant(moment.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC);
    }

    private static Optional<Instant> moment(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, LocalDateTime.class))
                .map(moment -> moment.toInstant(ZoneOffset.UTC));
    }

    private static Lockdown lockdown(ResultSet row, int index) throws SQLException {
        return new Lockdown(
                row.getInt("number_"),
                Optional.ofNullable(row.getString("system_key")),
                Lockdown.State.valueOf(row.getString("state")),
                row.getString("reason"),
                Optional.ofNullable(row.getString("proposed_by")),
                moment(row, "proposed_at").orElseThrow(),
                Optional.ofNullable(row.getString("decided_by")),
                moment(row, "enforced_at"),
                moment(row, "ended_at"));
    }
}
