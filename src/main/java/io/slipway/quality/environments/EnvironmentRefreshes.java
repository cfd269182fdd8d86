package io.slipway.quality.environments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.slipway.platform.data.Canonical;
import io.slipway.platform.data.ListTotal;
import io.slipway.quality.process.RefreshEnvironmentProcess;
import io.slipway.release.AuditTrail;
import io.slipway.release.Environment;
import io.slipway.release.Landscape;
import io.slipway.release.LiveSystems;
import io.slipway.release.NotFound;
import io.slipway.release.OneLine;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Role;
import io.slipway.release.SideProcesses;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Refreshes of environments: what is handed in of a clone is checked and forgotten at once, only what the check found is kept. An
 * environment is scored only when nothing of production can be recognised in it.
 */
@Service
public class EnvironmentRefreshes {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_RULES = 200;
    private static final String SELECT =
            "select id, system_key, environment_key, declared, requested_by, requested_at, report,"
                    + " checked_by, checked_at, fidelity, scored_at from environment_refresh";

    private final JdbcClient jdbc;
    private final Permissions permissions;
    private final Landscape landscape;
    private final LiveSystems lives;
    private final SideProcesses processes;
    private final AuditTrail audit;
    private final RefreshSettings settings;
    private final Clock clock;

    EnvironmentRefreshes(
            JdbcClient jdbc,
            Permissions permissions,
            Landscape landscape,
            LiveSystems lives,
            SideProcesses processes,
            AuditTrail audit,
            RefreshSettings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.permissions = permissions;
        this.landscape = landscape;
        this.lives = lives;
        this.processes = processes;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
    }

    /** A table of production and of its clone, as CSV with a line of column names. */
    public record Table(String name, String original, String masked) {}

    /** Lets a person pass who keeps databases. */
    public void requireKeeper(String person) {
        permissions.require(person, Role.DBA);
    }

    /**
     * Begins the refresh of an environment; its process finds whoever hands the clone in.
     *
     * @throws io.slipway.release.NotPermitted when the person keeps no databases
     * @throws Refused when the environment is production, or something declared makes no sense
     */
    @Transactional
    public EnvironmentRefresh begin(
            String system, String environment, EnvironmentRefresh.Declared declared, String person) {
        requireKeeper(person);
        Environment place = landscape.environment(system, environment);
        if (place.tier() == Environment.Tier.PRODUCTION) {
            throw new Refused("environment", "Production is cloned and never refreshed.");
        }
        if (declared.sourceVersion().isBlank() || declared.sourceVersion().length() > 64) {
            throw new Refused("sourceVersion", "Please name the version that was cloned, in 1 to 64 characters.");
        }
        OneLine.require("sourceVersion", declared.sourceVersion());
        if (declared.masked().isEmpty() || declared.masked().size() > MOST_RULES) {
            throw new Refused("masked", "Please name 1 to " + MOST_RULES + " columns that have to be masked.");
        }
        if (declared.references().size() > MOST_RULES) {
            throw new Refused("references", "Please name at most " + MOST_RULES + " references.");
        }
        columns(declared);
        references(declared);
        percent("configuration", declared.configuration());
        percent("topology", declared.topology());
        percent("load", declared.load());
        jdbc.sql("insert into environment_refresh (system_key, environment_key, declared, requested_by, requested_at)"
                        + " values (?, ?, ?, ?, ?)")
                .params(system, environment, Canonical.json(declared), person, Timestamp.from(clock.instant()))
                .update();
        EnvironmentRefresh refresh = jdbc.sql(
                        SELECT + " where system_key = ? and environment_key = ? order by id desc limit 1")
                .params(system, environment)
                .query(EnvironmentRefreshes::row)
                .single();
        processes.start(
                "refresh-" + refresh.number(),
                RefreshEnvironmentProcess.KEY,
                Map.of(RefreshEnvironmentProcess.REFRESH.name(), String.valueOf(refresh.number())));
        record("quality.beginRefresh", refresh, Map.of("sourceVersion", declared.sourceVersion()));
        return refresh;
    }

    private static List<MaskingCheck.Column> columns(EnvironmentRefresh.Declared declared) {
        return declared.masked().stream()
                .map(text -> MaskingCheck.Column.of("masked", text))
                .toList();
    }

    private static List<MaskingCheck.Reference> references(EnvironmentRefresh.Declared declared) {
        return declared.references().stream()
                .map(text -> {
                    String[] ends = text.split("->", -1);
                    if (ends.length != 2) {
                        throw new Refused("references", "A reference is written as table.column -> table.column.");
                    }
                    return new MaskingCheck.Reference(
                            MaskingCheck.Column.of("references", ends[0]),
                            MaskingCheck.Column.of("references", ends[1]));
                })
                .toList();
    }

    private static void percent(String field, int value) {
        if (value < 0 || value > 100) {
            throw new Refused(field, "'" + field + "' is a percentage from 0 to 100.");
        }
    }

    /**
     * Checks the tables of a clone and forgets them; a later check takes the place of an earlier one.
     *
     * @throws io.slipway.release.NotPermitted when the person keeps no databases
     * @throws Refused when tables cannot be read, a declared column is missing, or the environment is scored already
     */
    @Transactional
    public MaskingReport check(long number, List<Table> tables, String person) {
        requireKeeper(person);
        EnvironmentRefresh refresh = get(number);
        if (refresh.fidelity().isPresent()) {
            throw new Refused("The refresh " + number + " is over; please begin another one.");
        }
        MaskingReport report = MaskingCheck.run(
                tables.stream()
                        .map(table -> new MaskingCheck.Pair(table.name(), table.original(), table.masked()))
                        .toList(),
                columns(refresh.declared()),
                references(refresh.declared()));
        jdbc.sql("update environment_refresh set report = ?, checked_by = ?, checked_at = ? where id = ?")
                .params(Canonical.json(report), person, Timestamp.from(clock.instant()), number)
                .update();
        record("quality.checkClone", refresh, Map.of("clean", report.clean(), "findings", report.findings()));
        return report;
    }

    /**
     * Lets a refresh go on whose clone was checked, whatever the check found.
     *
     * @throws Refused when no table was handed in
     */
    @Transactional(readOnly = true)
    public void requireChecked(long number) {
        if (get(number).report().isEmpty()) {
            throw new Refused("Nothing of the clone was checked yet; please hand its tables in to /api/v1/refreshes/"
                    + number + "/tables first.");
        }
    }

    /**
     * Scores an environment whose clone is clean; run twice, it finds the score of the first time.
     *
     * @return whether it was scored, which it is not while something of production is left or was not checked
     */
    @Transactional
    public boolean score(long number) {
        EnvironmentRefresh refresh = get(number);
        if (refresh.fidelity().isPresent()) {
            return true;
        }
        Optional<MaskingReport> clean = refresh.report().filter(MaskingReport::clean);
        if (clean.isEmpty()) {
            return false;
        }
        int fidelity = fidelity(refresh, clean.get());
        jdbc.sql("update environment_refresh set fidelity = ?, scored_at = ? where id = ?")
                .params(fidelity, Timestamp.from(clock.instant()), number)
                .update();
        record("quality.scoreFidelity", refresh, Map.of("fidelity", fidelity));
        return true;
    }

    private int fidelity(EnvironmentRefresh refresh, MaskingReport report) {
        EnvironmentRefresh.Declared declared = refresh.declared();
        String production = landscape.production(refresh.system()).key();
        boolean same = lives.of(refresh.system(), production)
                .filter(live -> live.version().equals(declared.sourceVersion()))
                .isPresent();
        int weights = settings.version()
                + settings.configuration()
                + settings.volume()
                + settings.topology()
                + settings.load();
        return ((same ? 100 : 0) * settings.version()
                        + declared.configuration() * settings.configuration()
                        + report.volume() * settings.volume()
                        + declared.topology() * settings.topology()
                        + declared.load() * settings.load())
                / Math.max(1, weights);
    }

    /** The last refresh of an environment that was scored. */
    @Transactional(readOnly = true)
    public Optional<EnvironmentRefresh> lastScored(String system, String environment) {
        return jdbc.sql(
                        SELECT
                                + " where system_key = ? and environment_key = ? and fidelity is not null order by id desc limit 1")
                .params(system, environment)
                .query(EnvironmentRefreshes::row)
                .optional();
    }

    /** A page of all refreshes, the last first. */
    @Transactional(readOnly = true)
    public Page<EnvironmentRefresh> list(Pageable page) {
        long total = jdbc.sql(ListTotal.sql("from environment_refresh", page))
                .query(Long.class)
                .single();
        return new PageImpl<>(
                jdbc.sql(SELECT + " order by id desc limit " + page.getPageSize() + " offset " + page.getOffset())
                        .query(EnvironmentRefreshes::row)
                        .list(),
                page,
                total);
    }

    /**
     * One refresh.
     *
     * @throws NotFound when there is none with this number
     */
    @Transactional(readOnly = true)
    public EnvironmentRefresh get(long number) {
        return jdbc.sql(SELECT + " where id = ?")
                .param(number)
                .query(EnvironmentRefreshes::row)
                .optional()
                .orElseThrow(() -> new NotFound("refresh", String.valueOf(number)));
    }

    private void record(String action, EnvironmentRefresh refresh, Map<String, ?> after) {
        audit.record(new AuditTrail.Entry(
                Optional.empty(),
                action,
                refresh.system() + "/" + refresh.environment() + "/refresh-" + refresh.number(),
                Map.of(),
                after));
    }

    private static EnvironmentRefresh row(ResultSet row, int index) throws SQLException {
        Integer fidelity = row.getObject(10, Integer.class);
        return new EnvironmentRefresh(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                read(row.getString(4), EnvironmentRefresh.Declared.class),
                row.getString(5),
                row.getTimestamp(6).toInstant(),
                Optional.ofNullable(row.getString(7)).map(json -> read(json, MaskingReport.class)),
                Optional.ofNullable(row.getString(8)),
                instant(row.getTimestamp(9)),
                Optional.ofNullable(fidelity),
                instant(row.getTimestamp(11)));
    }

    private static Optional<Instant> instant(@Nullable Timestamp time) {
        return Optional.ofNullable(time).map(Timestamp::toInstant);
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored " + type.getSimpleName() + " cannot be read", e);
        }
    }
}
