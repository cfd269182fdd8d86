package io.slipway.integration.incidents;

import io.slipway.platform.data.ListTotal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.PageRequest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A register of our own, in one table of Slipway's database. It takes part in the caller's transaction. */
@Component
@ConditionalOnProperty(name = "slipway.incidents.register", havingValue = "embedded", matchIfMissing = true)
class EmbeddedIncidentRegister implements IncidentRegister {

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final String SELECT = "select incident_key, system_key, environment_key, priority, title, opened_at,"
            + " resolved_at, caused_by_release from incident";

    private final JdbcClient jdbc;

    EmbeddedIncidentRegister(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    @Transactional(noRollbackFor = IncidentRegisterRefused.class)
    public Incident open(NewIncident entered) {
        check(entered);
        Optional<Incident> before = find(entered.key());
        if (before.isEmpty()) {
            try {
                jdbc.sql("insert into incident (incident_key, system_key, environment_key, priority, title, opened_at,"
                                + " caused_by_release) values (?, ?, ?, ?, ?, ?, ?)")
                        .params(
                                entered.key(),
                                entered.system(),
                                entered.environment().orElse(null),
                                entered.priority().name(),
                                entered.title(),
                                local(entered.openedAt()),
                                entered.causedByRelease().orElse(null))
                        .update();
                return stored(entered.key());
            } catch (DuplicateKeyException somebodyWasFaster) {
                before = find(entered.key());
            }
        }
        return before.filter(known -> sameContent(known, entered))
                .orElseThrow(() -> new IncidentRegisterRefused(
                        "key",
                        "There is an incident " + entered.key()
                                + " with another content; please use a key of its own for each incident."));
    }

    private static boolean sameContent(Incident known, NewIncident entered) {
        return known.system().equals(entered.system())
                && known.environment().equals(entered.environment())
                && known.priority() == entered.priority()
                && known.title().equals(entered.title())
                && sameMoment(known.openedAt(), entered.openedAt());
    }

    /** A database may keep no fractions of a second, and none has more of them than millionths. */
    private static boolean sameMoment(Instant kept, Instant entered) {
        return kept.equals(entered.truncatedTo(ChronoUnit.MICROS))
                || kept.equals(entered.truncatedTo(ChronoUnit.SECONDS));
    }

    private static void check(NewIncident entered) {
        if (!KEY.matcher(entered.key()).matches()) {
            throw new IncidentRegisterRefused(
                    "key", "The key of an incident has 1 to 64 letters, digits, dots, hyphens and underscores.");
        }
        bounded("system", entered.system(), 64);
        bounded("title", entered.title(), 300);
        if (entered.title().chars().anyMatch(Character::isISOControl)) {
            throw new IncidentRegisterRefused("title", "The title of an incident is one line.");
        }
        entered.environment().ifPresent(environment -> bounded("environment", environment, 64));
        entered.causedByRelease().ifPresent(release -> bounded("causedByRelease", release, 128));
    }

    private static void bounded(String field, String text, int longest) {
        if (text.isBlank() || text.length() > longest) {
            throw new IncidentRegisterRefused(
                    field, "The field '" + field + "' of an incident needs 1 to " + longest + " characters.");
        }
    }

    @Override
    @Transactional(noRollbackFor = IncidentRegisterRefused.class)
    public Incident resolve(String key, Instant at, Optional<String> causedByRelease) {
        Incident before =
                find(key).orElseThrow(() -> new IncidentRegisterRefused("key", "There is no incident " + key + "."));
        if (at.isBefore(before.openedAt())) {
            throw new IncidentRegisterRefused("resolvedAt", "An incident is not over before it began.");
        }
        causedByRelease.ifPresent(release -> bounded("causedByRelease", release, 128));
        jdbc.sql("update incident set resolved_at = ?, caused_by_release = coalesce(?, caused_by_release)"
                        + " where incident_key = ? and resolved_at is null")
                .params(local(at), causedByRelease.orElse(null), key)
                .update();
        return stored(key);
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Incident> find(String key) {
        return jdbc.sql(SELECT + " where incident_key = ?")
                .param(key)
                .query(EmbeddedIncidentRegister::incident)
                .optional();
    }

    private Incident stored(String key) {
        return find(key).orElseThrow(() -> new IllegalStateException("Incident " + key + " was written and is gone"));
    }

    @Override
    @Transactional(readOnly = true)
    public List<Incident> unresolved() {
        // Here and below the order begins as the index does, or the embedded database would sort all rows, and goes one
        // way, or a MySQL would.
        return jdbc.sql(SELECT
                        + " where resolved_at is null order by resolved_at, priority, opened_at, incident_key limit "
                        + MOST)
                .query(EmbeddedIncidentRegister::incident)
                .list();
    }

    @Override
    @Transactional(readOnly = true)
    public List<Incident> between(String system, Instant from, Instant until, int most) {
        return jdbc.sql(SELECT + " where system_key = ? and opened_at < ? and (resolved_at is null or resolved_at > ?)"
                        + " order by system_key desc, opened_at desc, incident_key desc limit ?")
                .params(system, local(until), local(from), most)
                .query(EmbeddedIncidentRegister::incident)
                .list();
    }

    @Override
    @Transactional(readOnly = true)
    public List<Incident> causedBy(String release) {
        return jdbc.sql(SELECT + " where caused_by_release = ? order by opened_at desc, incident_key limit " + MOST)
                .param(release)
                .query(EmbeddedIncidentRegister::incident)
                .list();
    }

    @Override
    @Transactional(readOnly = true)
    public Extract latest(int page, int size) {
        if (size < 1 || size > MOST || page < 0) {
            throw new IllegalArgumentException("A page has 1 to " + MOST + " incidents and a number from 0 on");
        }
        String counting = ListTotal.sql("from incident", PageRequest.of(page, size));
        long[] count = {-1};
        // A MySQL takes some thousand rows for a heap that is sorted more quickly, and is told not to.
        List<Incident> found = jdbc.sql("select /*+ order_index(i incident_opened) */ i.*, (" + counting
                        + ") as all_ from incident i order by opened_at desc, incident_key desc limit ? offset ?")
                .params(size, (long) page * size)
                .query((row, index) -> {
                    count[0] = row.getLong("all_");
                    return incident(row, index);
                })
                .list();
        // No row tells the number behind the last one.
        return new Extract(
                found, count[0] < 0 ? jdbc.sql(counting).query(Long.class).single() : count[0]);
    }

    private static LocalDateTime local(Instant moment) {
        return LocalDateTime.ofInstant(moment.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC);
    }

    private static Incident incident(ResultSet row, int index) throws SQLException {
        return new Incident(
                row.getString("incident_key"),
                row.getString("system_key"),
                Optional.ofNullable(row.getString("environment_key")),
                Incident.Priority.valueOf(row.getString("priority")),
                row.getString("title"),
                row.getObject("opened_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                Optional.ofNullable(row.getObject("resolved_at", LocalDateTime.class))
                        .map(moment -> moment.toInstant(ZoneOffset.UTC)),
                Optional.ofNullable(row.getString("caused_by_release")));
    }
}
