package io.slipway.deployment.scripts;

import io.slipway.deployment.live.LiveOutput;
import io.slipway.deployment.live.LiveState;
import io.slipway.deployment.process.RunScriptProcess;
import io.slipway.deployment.scripts.ScriptRun.Kind;
import io.slipway.deployment.scripts.ScriptRun.State;
import io.slipway.integration.sources.Sources;
import io.slipway.integration.sources.SourcesRefused;
import io.slipway.platform.data.Canonical;
import io.slipway.release.AuditTrail;
import io.slipway.release.Environment;
import io.slipway.release.Landscape;
import io.slipway.release.NotFound;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.Role;
import io.slipway.release.SideProcesses;
import io.slipway.release.StoredIds;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Scripts that lie ready in the repository of a system. A release pins a commit; from then on exactly those bytes run, wherever the
 * branch goes. Every read and every run is on record, and production waits for a rollback script that has lately run somewhere else.
 */
@Service
public class Scripts implements LiveOutput {

    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*");
    private static final String RUN =
            "id, environment_key, kind, commit_id, path, digest, state, asked_by, asked_at, started_at, ended_at, reason";
    private static final String PIN =
            "commit_id, deploy_path, deploy_digest, rollback_path, rollback_digest, pinned_by, pinned_at";
    private static final int LONGEST_VALIDITY = 365;
    private static final int MOST_RUNS = 100;

    private final JdbcClient jdbc;
    private final Sources sources;
    private final ScriptRunner runner;
    private final ScriptSettings settings;
    private final SideProcesses sides;
    private final Landscape landscape;
    private final Permissions permissions;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Scripts(
            JdbcClient jdbc,
            Sources sources,
            ScriptRunner runner,
            ScriptSettings settings,
            SideProcesses sides,
            Landscape landscape,
            Permissions permissions,
            AuditTrail audit,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.sources = sources;
        this.runner = runner;
        this.settings = settings;
        this.sides = sides;
        this.landscape = landscape;
        this.permissions = permissions;
        this.audit = audit;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /**
     * Where the scripts of a system lie.
     *
     * @param revision tag, branch or commit that is pinned; a release keeps the commit
     * @param folder the only folder that is read
     * @param deploy path of the script that deploys, in the folder
     * @param rollback path of the script that takes it back, in the folder
     * @param validDays for how many days a run of the rollback script below production counts
     */
    public record Rule(
            @Nullable String revision,
            @Nullable String folder,
            @Nullable String deploy,
            @Nullable String rollback,
            int validDays) {}

    /**
     * What a release runs.
     *
     * @param pinnedBy opaque id of the person
     */
    public record Pin(
            String commit,
            String deploy,
            String deployDigest,
            String rollback,
            String rollbackDigest,
            String pinnedBy,
            Instant pinnedAt) {

        String path(Kind kind) {
            return kind == Kind.DEPLOY ? deploy : rollback;
        }

        String digest(Kind kind) {
            return kind == Kind.DEPLOY ? deployDigest : rollbackDigest;
        }
    }

    /**
     * Says where the scripts of a system lie; from now on its releases need them.
     *
     * @throws io.slipway.release.NotPermitted when the person is not of operations
     * @throws Refused when a path leaves the folder or something is missing
     */
    @Transactional
    public Rule enter(String system, Rule rule, String person) {
        permissions.require(person, Role.OPERATIONS);
        landscape.system(system);
        if (!sources.has(system)) {
            throw new Refused(
                    "system", "No repository is known for " + system + "; please name it under slipway.sources.");
        }
        String folder = path("folder", rule.folder());
        String deploy = inFolder("deploy", rule.deploy(), folder);
        String rollback = inFolder("rollback", rule.rollback(), folder);
        if (rule.revision() == null || rule.revision().isBlank()) {
            throw new Refused("revision", "Please name the tag, branch or commit that the scripts are taken from.");
        }
        if (rule.validDays() < 1 || rule.validDays() > LONGEST_VALIDITY) {
            throw new Refused("validDays", "Please give 1 to " + LONGEST_VALIDITY + " days.");
        }
        commit(system, rule.revision());
        Optional<Rule> before = rule(system);
        jdbc.sql("delete from script_rule where system_key = ?").param(system).update();
        jdbc.sql("insert into script_rule (system_key, revision, folder, deploy_path, rollback_path, valid_days,"
                        + " entered_by, entered_at) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        system,
                        rule.revision(),
                        folder,
                        deploy,
                        rollback,
                        rule.validDays(),
                        person,
                        Timestamp.from(clock.instant()))
                .update();
        audit.record(new AuditTrail.Entry(
                Optional.empty(),
                "script.enterRule",
                system,
                before.map(Scripts::facts).orElse(Map.of()),
                facts(rule)));
        return rule;
    }

    /** Says that a system has no scripts; its releases need none any more. */
    @Transactional
    public void remove(String system, String person) {
        permissions.require(person, Role.OPERATIONS);
        Rule before = rule(system).orElseThrow(() -> new NotFound("scripts of the system", system));
        jdbc.sql("delete from script_rule where system_key = ?").param(system).update();
        audit.record(new AuditTrail.Entry(Optional.empty(), "script.removeRule", system, facts(before), Map.of()));
    }

    private static Map<String, Object> facts(Rule rule) {
        return Map.of(
                "revision", String.valueOf(rule.revision()),
                "deploy", String.valueOf(rule.deploy()),
                "rollback", String.valueOf(rule.rollback()),
                "validDays", rule.validDays());
    }

    private static String path(String field, @Nullable String path) {
        if (path == null || path.length() > 200 || !PATH.matcher(path).matches()) {
            throw new Refused(
                    field,
                    "Please give a path of letters, digits and . _ - with slashes, whose parts do not begin with a dot"
                            + " or dash.");
        }
        return path;
    }

    private static String inFolder(String field, @Nullable String path, String folder) {
        String given = path(field, path);
        if (!given.startsWith(folder + "/")) {
            throw new Refused(field, "Scripts are read below " + folder + "/ and nowhere else.");
        }
        return given;
    }

    private String commit(String system, String revision) {
        try {
            return sources.resolve(system, revision).id();
        } catch (SourcesRefused e) {
            throw new Refused("revision", String.valueOf(e.getMessage()));
        }
    }

    /** Where the scripts of a system lie; empty when it has none. */
    @Transactional(readOnly = true)
    public Optional<Rule> rule(String system) {
        return jdbc.sql("select revision, folder, deploy_path, rollback_path, valid_days from script_rule"
                        + " where system_key = ?")
                .param(system)
                .query((row, number) ->
                        new Rule(row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getInt(5)))
                .optional();
    }

    /**
     * Pins the scripts of a release to the commit that the revision names now.
     *
     * @throws io.slipway.release.NotPermitted when the person neither operates nor deploys
     * @throws Refused when the system has no scripts, or the commit has none of them
     */
    @Transactional
    public Pin pin(Release release, String person) {
        permissions.requireRead(release, person);
        permissions.require(release, person, Role.OPERATIONS, Role.DEPLOYER);
        Rule rule = required(release);
        String commit = commit(release.system(), String.valueOf(rule.revision()));
        String deploy = String.valueOf(rule.deploy());
        String rollback = String.valueOf(rule.rollback());
        Pin pin = new Pin(
                commit,
                deploy,
                digest(read(release, commit, deploy, person)),
                rollback,
                digest(read(release, commit, rollback, person)),
                person,
                clock.instant());
        jdbc.sql("insert into script_pin (release_id, " + PIN + ") values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        StoredIds.bytes(release),
                        pin.commit(),
                        pin.deploy(),
                        pin.deployDigest(),
                        pin.rollback(),
                        pin.rollbackDigest(),
                        person,
                        Timestamp.from(pin.pinnedAt()))
                .update();
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "script.pin",
                release.system(),
                Map.of(),
                Map.of(
                        "commit", commit,
                        "deploy", pin.deployDigest(),
                        "rollback", pin.rollbackDigest())));
        return pin;
    }

    private Rule required(Release release) {
        return rule(release.system())
                .orElseThrow(() -> new Refused(
                        "The system " + release.system() + " has no scripts; operations say where they lie."));
    }

    private byte[] read(Release release, String commit, String path, String person) {
        byte[] content;
        try {
            content = sources.read(release.system(), commit, path, settings.bytes());
        } catch (SourcesRefused e) {
            throw new Refused(path + " cannot be read at " + commit.substring(0, 8) + ": " + e.getMessage());
        }
        audit.record(AuditTrail.Entry.of(
                release.id(), "script.read", path, Map.of(), Map.of("commit", commit, "sha256", digest(content))));
        jdbc.sql("insert into script_reading (release_id, path, commit_id, digest, person_id, read_at)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .params(
                        StoredIds.bytes(release),
                        path,
                        commit,
                        digest(content),
                        person,
                        Timestamp.from(clock.instant()))
                .update();
        return content;
    }

    /**
     * A script that was read from its repository.
     *
     * @param person opaque id of who read it, or asked for the run for which it was read
     */
    public record Reading(String path, String commit, String digest, String person, Instant at) {}

    /**
     * Who read the scripts of a release, the latest first; at most a hundred.
     *
     * @throws NotFound when the person may not know of the release
     */
    @Transactional(readOnly = true)
    public List<Reading> readings(Release release, String person) {
        permissions.requireRead(release, person);
        return jdbc.sql("select path, commit_id, digest, person_id, read_at from script_reading where release_id = ?"
                        + " order by id desc limit " + MOST_RUNS)
                .param(StoredIds.bytes(release))
                .query((row, number) -> new Reading(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getTimestamp(5).toInstant()))
                .list();
    }

    /** What a release runs; empty before somebody pinned it. */
    @Transactional(readOnly = true)
    public Optional<Pin> pinned(Release release) {
        return jdbc.sql("select " + PIN + " from script_pin where release_id = ? order by id desc limit 1")
                .param(StoredIds.bytes(release))
                .query((row, number) -> new Pin(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getTimestamp(7).toInstant()))
                .optional();
    }

    /**
     * Asks for a run; a worker does it.
     *
     * @throws io.slipway.release.NotPermitted when the person neither operates nor deploys
     * @throws Refused when nothing is pinned, or production may not be touched
     */
    @Transactional
    public ScriptRun ask(Release release, @Nullable Kind kind, @Nullable String environment, String person) {
        permissions.requireRead(release, person);
        if (environment == null) {
            permissions.require(release, person, Role.OPERATIONS, Role.DEPLOYER);
        } else {
            permissions.requireIn(release.system(), environment, person, Role.OPERATIONS, Role.DEPLOYER);
        }
        if (kind == null || environment == null) {
            throw new Refused("kind", "Please give 'kind', DEPLOY or ROLLBACK, and 'environment'.");
        }
        required(release);
        Pin pin = pinned(release)
                .orElseThrow(() -> new Refused("The scripts of " + release.key() + " are not pinned yet."));
        Environment place = landscape.environment(release.system(), environment);
        if (release.state().ended()) {
            throw new Refused(release.key() + " has ended.");
        }
        if (place.tier() == Environment.Tier.PRODUCTION) {
            List<String> obstacles = new ArrayList<>(obstacles(release));
            if (!release.state().touchesProduction()) {
                obstacles.add(release.key() + " is " + release.state().label() + " and may not touch production.");
            }
            if (!obstacles.isEmpty()) {
                throw new Refused(String.join(" ", obstacles));
            }
        }
        KeyHolder key = new GeneratedKeyHolder();
        jdbc.sql(
                        "insert into script_run (release_id, system_key, environment_key, kind, commit_id, path, digest, state,"
                                + " asked_by, asked_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        StoredIds.bytes(release),
                        release.system(),
                        environment,
                        kind.name(),
                        pin.commit(),
                        pin.path(kind),
                        pin.digest(kind),
                        State.ASKED.name(),
                        person,
                        Timestamp.from(clock.instant()))
                .update(key, "id");
        long id = Objects.requireNonNull(key.getKey()).longValue();
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "script.ask",
                environment,
                Map.of(),
                Map.of("run", id, "kind", kind.name(), "sha256", pin.digest(kind))));
        sides.start(release, RunScriptProcess.KEY, Map.of(RunScriptProcess.SCRIPT_RUN.name(), String.valueOf(id)));
        return run(release, id);
    }

    private ScriptRun run(Release release, long id) {
        return jdbc.sql("select " + RUN + " from script_run where id = ? and release_id = ?")
                .params(id, StoredIds.bytes(release))
                .query(Scripts::run)
                .optional()
                .orElseThrow(() -> new NotFound("run of a script", String.valueOf(id)));
    }

    /** Runs of a release, the newest first, for somebody who reads. */
    @Transactional(readOnly = true)
    public List<ScriptRun> runs(Release release, String person) {
        permissions.requireRead(release, person);
        return jdbc.sql("select " + RUN + " from script_run where release_id = ? order by id desc limit " + MOST_RUNS)
                .param(StoredIds.bytes(release))
                .query(Scripts::run)
                .list();
    }

    /**
     * Does a run that was asked for. One that was begun and not ended is not begun again: nobody knows how far it came.
     *
     * @return why it failed; empty when it did not
     */
    public Optional<String> perform(Release release, long id) {
        ScriptRun asked = run(release, id);
        if (asked.state() == State.SUCCEEDED) {
            return Optional.empty();
        }
        if (asked.state() == State.FAILED) {
            return Optional.of(String.valueOf(asked.reason()));
        }
        if (asked.state() == State.RUNNING) {
            return ended(
                    release, asked, Optional.of("Slipway was stopped while it ran; nobody knows how far it came."));
        }
        byte[] content = begun(release, asked);
        Optional<String> failure = digest(content).equals(asked.digest())
                ? runner.run(
                        content,
                        parameters(release, asked),
                        Canonical.json(parameters(release, asked)),
                        line -> written(release, asked, line))
                : Optional.of("Its bytes are not the ones that were pinned.");
        return ended(release, asked, failure);
    }

    private byte[] begun(Release release, ScriptRun asked) {
        byte[] content = transaction.execute(status -> {
            int begun = jdbc.sql("update script_run set state = ?, started_at = ? where id = ? and state = ?")
                    .params(State.RUNNING.name(), Timestamp.from(clock.instant()), asked.id(), State.ASKED.name())
                    .update();
            if (begun != 1) {
                throw new IllegalStateException("Somebody else has just begun run " + asked.id());
            }
            return read(release, asked.commit(), asked.path(), asked.askedBy());
        });
        return Objects.requireNonNull(content);
    }

    private static Map<String, String> parameters(Release release, ScriptRun run) {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("SLIPWAY_RELEASE", release.key());
        parameters.put("SLIPWAY_SYSTEM", release.system());
        parameters.put("SLIPWAY_VERSION", release.version());
        parameters.put("SLIPWAY_ENVIRONMENT", run.environment());
        parameters.put("SLIPWAY_RUN", String.valueOf(run.id()));
        return parameters;
    }

    private void written(Release release, ScriptRun run, String line) {
        transaction.executeWithoutResult(
                status -> jdbc.sql("insert into script_line (run_id, release_id, written_at, text) values (?, ?, ?, ?)")
                        .params(run.id(), StoredIds.bytes(release), Timestamp.from(clock.instant()), line)
                        .update());
    }

    private Optional<String> ended(Release release, ScriptRun run, Optional<String> failure) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("update script_run set state = ?, ended_at = ?, reason = ? where id = ?")
                    .params(
                            failure.isEmpty() ? State.SUCCEEDED.name() : State.FAILED.name(),
                            Timestamp.from(clock.instant()),
                            failure.orElse(null),
                            run.id())
                    .update();
            audit.record(AuditTrail.Entry.of(
                    release.id(),
                    "script.run",
                    run.environment(),
                    Map.of(),
                    Map.of(
                            "run",
                            run.id(),
                            "kind",
                            run.kind().name(),
                            "sha256",
                            run.digest(),
                            "result",
                            failure.orElse("succeeded"))));
        });
        return failure;
    }

    /** Why production may not be touched; empty for a system without scripts. */
    @Transactional(readOnly = true)
    public List<String> obstacles(Release release) {
        Optional<Rule> rule = rule(release.system());
        if (rule.isEmpty()) {
            return List.of();
        }
        Optional<Pin> pin = pinned(release);
        if (pin.isEmpty()) {
            return List.of("The scripts of " + release.key() + " are not pinned to a commit; please pin them.");
        }
        Instant since = clock.instant().minus(Duration.ofDays(rule.get().validDays()));
        String production = landscape.production(release.system()).key();
        long proved = jdbc.sql("select count(*) from script_run where system_key = ? and digest = ? and state = ?"
                        + " and ended_at >= ? and kind = ? and environment_key <> ?")
                .params(
                        release.system(),
                        pin.get().rollbackDigest(),
                        State.SUCCEEDED.name(),
                        Timestamp.from(since),
                        Kind.ROLLBACK.name(),
                        production)
                .query(Long.class)
                .single();
        return proved > 0
                ? List.of()
                : List.of("The rollback script " + pin.get().rollback() + " ("
                        + pin.get().rollbackDigest().substring(0, 12)
                        + "…) has not run successfully below production in the last "
                        + rule.get().validDays() + " days; please run it on a lower environment.");
    }

    @Override
    @Transactional(readOnly = true)
    public List<LiveState.OutputLine> lines(Release release, int most) {
        List<LiveState.OutputLine> lines =
                new ArrayList<>(jdbc.sql("select l.written_at, r.kind, r.environment_key, l.text from script_line l"
                                + " join script_run r on r.id = l.run_id where l.release_id = ? order by l.id desc limit "
                                + most)
                        .param(StoredIds.bytes(release))
                        .query((row, number) -> new LiveState.OutputLine(
                                row.getTimestamp(1).toInstant(),
                                row.getString(2).toLowerCase(Locale.ROOT) + " on " + row.getString(3),
                                row.getString(4)))
                        .list());
        Collections.reverse(lines);
        return lines;
    }

    private static ScriptRun run(ResultSet row, int number) throws SQLException {
        return new ScriptRun(
                row.getLong(1),
                row.getString(2),
                Kind.valueOf(row.getString(3)),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                State.valueOf(row.getString(7)),
                row.getString(8),
                row.getTimestamp(9).toInstant(),
                instant(row.getTimestamp(10)),
                instant(row.getTimestamp(11)),
                row.getString(12));
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
