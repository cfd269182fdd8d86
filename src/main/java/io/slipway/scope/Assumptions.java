package io.slipway.scope;

import io.slipway.integration.probes.Probes;
import io.slipway.platform.process.EngineAccess;
import io.slipway.platform.process.UserTasks;
import io.slipway.platform.text.Beginning;
import io.slipway.release.AuditTrail;
import io.slipway.release.NotFound;
import io.slipway.release.Notices;
import io.slipway.release.OneLine;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import io.slipway.release.SideProcesses;
import io.slipway.release.StoredIds;
import java.net.URI;
import java.net.URISyntaxException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Execution;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps what a release takes for granted of others, has it verified until the release ends, and says what waits while it is refuted or
 * expired.
 */
@Service
public class Assumptions {

    /** The process that verifies an assumption. */
    public static final String PROCESS = "verify-assumption";

    /** Message that an assumption was answered or withdrawn by another way than its task. */
    public static final String ANSWERED = "scope.assumptionAnswered";

    private static final int MOST = 100;

    private final JdbcClient jdbc;
    private final Probes probes;
    private final AssumptionSettings settings;
    private final SideProcesses processes;
    private final ObjectProvider<UserTasks> tasks;
    private final Releases releases;
    private final Permissions permissions;
    private final ObjectProvider<Notices> notices;
    private final AuditTrail audit;
    private final RuntimeService runtime;
    private final EngineAccess access;
    private final Clock clock;

    Assumptions(
            JdbcClient jdbc,
            Probes probes,
            AssumptionSettings settings,
            SideProcesses processes,
            ObjectProvider<UserTasks> tasks,
            Releases releases,
            Permissions permissions,
            ObjectProvider<Notices> notices,
            AuditTrail audit,
            @Lazy RuntimeService runtime,
            EngineAccess access,
            Clock clock) {
        this.jdbc = jdbc;
        this.probes = probes;
        this.settings = settings;
        this.processes = processes;
        this.tasks = tasks;
        this.releases = releases;
        this.permissions = permissions;
        this.notices = notices;
        this.audit = audit;
        this.runtime = runtime;
        this.access = access;
        this.clock = clock;
    }

    /** How an assumption stands. */
    public enum State {
        HOLDS("Holds"),
        REFUTED("Refuted"),
        EXPIRED("Expired"),
        WITHDRAWN("Withdrawn");

        private final String label;

        State(String label) {
            this.label = label;
        }

        /** The words that people read. */
        public String label() {
            return label;
        }

        /** Whether tasks that depend on it wait. */
        public boolean pauses() {
            return this == REFUTED || this == EXPIRED;
        }
    }

    /** What a check leads to. */
    public enum Next {
        /** It is checked again later. */
        WAIT,
        /** A person says whether it still holds. */
        ASK,
        /** Nobody needs it any more. */
        ENDED
    }

    /**
     * An assumption as it is declared.
     *
     * @param statement what is taken for granted
     * @param party of whom
     * @param validUntil until when; afterwards it has to be confirmed again
     * @param impact what happens if it is wrong
     * @param probe address that answers while it holds; empty when a person confirms it
     * @param dependingTasks ids of the user tasks of the release that wait while it does not hold
     */
    public record NewAssumption(
            String statement,
            String party,
            Instant validUntil,
            String impact,
            String probe,
            Set<String> dependingTasks) {

        /** Copies the set. */
        public NewAssumption {
            dependingTasks = Set.copyOf(dependingTasks);
        }
    }

    /** An assumption as it stands. */
    public record Assumption(
            int number,
            String statement,
            String party,
            String owner,
            Instant validUntil,
            String impact,
            @Nullable String probe,
            List<String> dependingTasks,
            State state,
            String finding,
            @Nullable Instant checkedAt) {}

    /** What a check found. */
    public record Checked(
            State state, String finding, @Nullable String person, Instant at) {}

    /**
     * Declares an assumption and begins to verify it; whoever declares it owns it.
     *
     * @throws Refused when something is missing or too long, the moment is over, the address cannot be asked, or a task is unknown
     */
    @Transactional
    public int declare(Release release, String person, NewAssumption declared) {
        permissions.require(release, person, Role.PRODUCT_OWNER, Role.RELEASE_MANAGER, Role.DEVELOPER);
        if (release.endedAt().isPresent()) {
            throw new Refused(release.key() + " has ended and assumes nothing any more.");
        }
        text("statement", declared.statement(), 1000);
        text("party", declared.party(), 200);
        OneLine.require("party", declared.party());
        text("impact", declared.impact(), 1000);
        if (!declared.validUntil().isAfter(clock.instant())) {
            throw new Refused("validUntil", "'validUntil' is over; please say until when the assumption is good.");
        }
        Optional<URI> probe = address(declared.probe());
        Set<String> unknown = new TreeSet<>(declared.dependingTasks());
        tasks.getObject().all().forEach(handler -> unknown.remove(handler.task()));
        if (!unknown.isEmpty() || String.join(" ", declared.dependingTasks()).length() > 2000) {
            throw new Refused(
                    "dependingTasks",
                    "There is no task " + String.join(", ", unknown) + "; please name ids of tasks such as"
                            + " userTask_acceptGo.");
        }
        int number = 1
                + jdbc.sql("select coalesce(max(assumption_number), 0) from assumption where release_id = ?")
                        .param(StoredIds.bytes(release))
                        .query(Integer.class)
                        .single();
        if (number > MOST) {
            throw new Refused("statement", "A release has at most " + MOST + " assumptions.");
        }
        jdbc.sql(
                        "insert into assumption (release_id, assumption_number, statement, party, owner_id, impact, probe_url, valid_until, depending_tasks, state, finding, declared_by, declared_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(
                        StoredIds.bytes(release),
                        number,
                        declared.statement().strip(),
                        declared.party().strip(),
                        person,
                        declared.impact().strip(),
                        probe.map(URI::toString).orElse(null),
                        Bytes.moment(declared.validUntil()),
                        String.join(" ", new TreeSet<>(declared.dependingTasks())),
                        State.HOLDS.name(),
                        "Declared.",
                        person,
                        Bytes.moment(clock.instant())))
                .update();
        processes.start(release, PROCESS, Map.of("assumptionNumber", number));
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "scope.declareAssumption",
                subject(number),
                Map.of(),
                Map.of(
                        "statement", declared.statement(),
                        "party", declared.party(),
                        "validUntil", declared.validUntil().toString(),
                        "dependingTasks", List.copyOf(new TreeSet<>(declared.dependingTasks())))));
        return number;
    }

    /** Checks an assumption and keeps what was found. */
    @Transactional
    public Next check(Release release, int number) {
        Assumption assumption = get(release, number);
        if (release.endedAt().isPresent() || assumption.state() == State.WITHDRAWN) {
            return Next.ENDED;
        }
        if (!assumption.validUntil().isAfter(clock.instant())) {
            keep(release, assumption, State.EXPIRED, "It was good until then and nobody has confirmed it since.", null);
            return Next.ASK;
        }
        if (assumption.probe() == null) {
            return assumption.state() == State.HOLDS ? Next.WAIT : Next.ASK;
        }
        Probes.Finding found = probes.ask(URI.create(assumption.probe()));
        keep(release, assumption, found.answers() ? State.HOLDS : State.REFUTED, found.sentence(), null);
        return Next.WAIT;
    }

    /** When an assumption is checked next. */
    @Transactional(readOnly = true)
    public Instant nextCheck(Release release, int number) {
        Instant until = get(release, number).validUntil();
        Instant next = clock.instant().plus(settings.interval());
        return until.isAfter(clock.instant()) && until.isBefore(next) ? until : next;
    }

    /**
     * Takes what a person says of an assumption by another way than its task; a task that waits for it ends with that.
     *
     * @see #confirm
     */
    @Transactional
    public void answer(
            Release release,
            int number,
            String person,
            @Nullable Boolean holds,
            @Nullable Instant validUntil,
            String evidence) {
        confirm(release, number, person, holds, validUntil, evidence);
        endTask(release, number);
    }

    /** Lets the process go on without its task; one that does not wait for a person needs no telling. */
    private void endTask(Release release, int number) {
        access.asSystem(() -> {
            List<Execution> waiting = runtime.createExecutionQuery()
                    .processDefinitionKey(PROCESS)
                    .processInstanceBusinessKey(release.key())
                    .processVariableValueEquals("assumptionNumber", number)
                    .messageEventSubscriptionName(ANSWERED)
                    .list();
            waiting.forEach(execution -> runtime.messageEventReceived(ANSWERED, execution.getId()));
            return true;
        });
    }

    /**
     * Takes what a person says of an assumption in its task.
     *
     * @param holds whether it is still so
     * @param validUntil until when it is good now; not read when it is wrong
     * @param evidence where that can be seen
     * @throws Refused when the evidence is missing or the moment is over
     */
    @Transactional
    public void confirm(
            Release release,
            int number,
            String person,
            @Nullable Boolean holds,
            @Nullable Instant validUntil,
            String evidence) {
        permissions.require(release, person, Role.PRODUCT_OWNER, Role.RELEASE_MANAGER, Role.DEVELOPER);
        text("assumptionEvidence", evidence, 2000);
        if (holds == null) {
            throw new Refused("holds", "Please say whether the assumption holds (holds): true or false.");
        }
        if (holds && (validUntil == null || !validUntil.isAfter(clock.instant()))) {
            throw new Refused("validUntil", "'validUntil' is missing or over; please say until when it is good now.");
        }
        Assumption assumption = get(release, number);
        if (assumption.state() == State.WITHDRAWN) {
            throw new Refused("This assumption was withdrawn.");
        }
        Instant until = holds && validUntil != null
                ? validUntil
                : clock.instant().plus(settings.interval().multipliedBy(24));
        jdbc.sql("update assumption set valid_until = ? where release_id = ? and assumption_number = ?")
                .params(Bytes.moment(until), StoredIds.bytes(release), number)
                .update();
        keep(release, assumption, holds ? State.HOLDS : State.REFUTED, evidence.strip(), person);
    }

    /**
     * Takes an assumption back, because nothing depends on it any more.
     *
     * @throws Refused when the reason is missing
     */
    @Transactional
    public void withdraw(Release release, int number, String person, String reason) {
        permissions.require(release, person, Role.RELEASE_MANAGER);
        text("reason", reason, 2000);
        Assumption assumption = get(release, number);
        if (assumption.owner().equals(person) && assumption.state().pauses()) {
            throw new Refused(
                    "reason", "Whoever owns an assumption that does not hold has another person withdraw it.");
        }
        keep(release, assumption, State.WITHDRAWN, reason.strip(), person);
        endTask(release, number);
    }

    /** The assumptions of a release, in the order in which they were declared. */
    @Transactional(readOnly = true)
    public List<Assumption> of(Release release) {
        return jdbc.sql("select * from assumption where release_id = ? order by assumption_number")
                .param(StoredIds.bytes(release))
                .query(Assumptions::row)
                .list();
    }

    /** What the checks of an assumption found, the latest first; at most a hundred. */
    @Transactional(readOnly = true)
    public List<Checked> checks(Release release, int number) {
        return jdbc.sql(
                        "select state, finding, person_id, checked_at from assumption_check where release_id = ? and assumption_number = ? order by id desc limit 100")
                .params(StoredIds.bytes(release), number)
                .query((row, i) -> new Checked(
                        State.valueOf(row.getString(1)),
                        row.getString(2),
                        row.getString(3),
                        row.getTimestamp(4).toInstant()))
                .list();
    }

    /** One assumption. */
    @Transactional(readOnly = true)
    public Assumption get(Release release, int number) {
        return jdbc.sql("select * from assumption where release_id = ? and assumption_number = ?")
                .params(StoredIds.bytes(release), number)
                .query(Assumptions::row)
                .optional()
                .orElseThrow(() -> new NotFound("assumption", release.key() + "/" + number));
    }

    /** Assumptions of a release that do not hold. */
    @Transactional(readOnly = true)
    public List<Assumption> broken(Release release) {
        return jdbc.sql(
                        "select * from assumption where release_id = ? and state in ('REFUTED', 'EXPIRED') order by assumption_number")
                .param(StoredIds.bytes(release))
                .query(Assumptions::row)
                .list();
    }

    /** Assumptions that do not hold and on which a task of a release depends. */
    @Transactional(readOnly = true)
    public List<Assumption> pausing(String releaseKey, String task) {
        return releases.find(releaseKey).stream()
                .flatMap(release -> broken(release).stream())
                .filter(assumption -> assumption.dependingTasks().contains(task))
                .toList();
    }

    private void keep(Release release, Assumption before, State state, String finding, @Nullable String person) {
        String kept = Beginning.marked(finding, 2000);
        jdbc.sql(
                        "update assumption set state = ?, finding = ?, checked_at = ? where release_id = ? and assumption_number = ?")
                .params(state.name(), kept, Bytes.moment(clock.instant()), StoredIds.bytes(release), before.number())
                .update();
        jdbc.sql(
                        "insert into assumption_check (release_id, assumption_number, state, finding, person_id, checked_at) values (?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(
                        StoredIds.bytes(release),
                        before.number(),
                        state.name(),
                        kept,
                        person,
                        Bytes.moment(clock.instant())))
                .update();
        if (state == before.state()) {
            return;
        }
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "scope.checkAssumption",
                subject(before.number()),
                Map.of("state", before.state().name()),
                Map.of("state", state.name(), "finding", kept)));
        notices.ifAvailable(told -> told.tell(new Notices.Notice(
                release.key() + "/assumption/" + before.number() + "/"
                        + clock.instant().toEpochMilli(),
                Optional.of(release.id()),
                state.pauses() ? "scope.assumptionRefuted" : "scope.assumptionReinstated",
                new Notices.Audience(
                        Set.of(
                                Role.RELEASE_MANAGER.groupFor(release.system()),
                                Role.PRODUCT_OWNER.groupFor(release.system())),
                        Set.of(before.owner())),
                "Assumption of " + release.key() + ": " + state.label().toLowerCase(java.util.Locale.ROOT),
                List.of(
                        before.statement() + " (" + before.party() + ")",
                        kept,
                        state.pauses() ? "If it is wrong: " + before.impact() : "What waited for it goes on."),
                List.of(),
                "/releases/" + release.key() + "/scope")));
    }

    /** How people read the id of a task: {@code userTask_acceptGo} as "Accept go". */
    public static String named(String task) {
        String words =
                task.replaceFirst("^userTask_", "").replaceAll("(?=[A-Z])", " ").toLowerCase(java.util.Locale.ROOT);
        return words.isEmpty() ? task : words.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + words.substring(1);
    }

    private static Assumption row(ResultSet row, int index) throws SQLException {
        String tasks = row.getString("depending_tasks");
        return new Assumption(
                row.getInt("assumption_number"),
                row.getString("statement"),
                row.getString("party"),
                row.getString("owner_id"),
                row.getTimestamp("valid_until").toInstant(),
                row.getString("impact"),
                row.getString("probe_url"),
                tasks.isEmpty()
                        ? List.of()
                        : Arrays.stream(tasks.split(" ", -1)).collect(Collectors.toList()),
                State.valueOf(row.getString("state")),
                row.getString("finding"),
                row.getTimestamp("checked_at") == null
                        ? null
                        : row.getTimestamp("checked_at").toInstant());
    }

    private static void text(String field, String value, int longest) {
        if (value.isBlank() || value.length() > longest) {
            throw new Refused(field, "Please give '" + field + "' in 1 to " + longest + " characters.");
        }
    }

    private static Optional<URI> address(String probe) {
        if (probe.isBlank()) {
            return Optional.empty();
        }
        try {
            URI address = new URI(probe.strip());
            boolean http =
                    "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
            if (http && address.getHost() != null && address.getUserInfo() == null && probe.length() <= 1000) {
                return Optional.of(address);
            }
        } catch (URISyntaxException e) {
            throw wrongAddress();
        }
        throw wrongAddress();
    }

    private static Refused wrongAddress() {
        return new Refused(
                "probe",
                "'probe' is no address; please write it as https://host/path, without a user, or leave it empty.");
    }

    private static String subject(int number) {
        return "assumption " + number;
    }
}
