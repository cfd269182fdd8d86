package io.slipway.schedule.waves;

import io.slipway.platform.text.Beginning;
import io.slipway.release.AuditTrail;
import io.slipway.release.EnvironmentSites;
import io.slipway.release.Landscape;
import io.slipway.release.OneLine;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseStateChanged;
import io.slipway.release.Role;
import io.slipway.release.SideProcesses;
import io.slipway.release.StoredIds;
import io.slipway.schedule.Met;
import io.slipway.schedule.TimeSpan;
import io.slipway.schedule.WindowPlanned;
import io.slipway.schedule.calendars.Calendars;
import io.slipway.schedule.process.HandOverWaveProcess;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Plans the waves of a release for the regions of its system: each region at the local time of day of the window, not before the one
 * before it is over, and free of what the calendars deny there. A system without regions has no waves.
 */
@Service
public class Waves {

    private static final int MOST_REGIONS = 12;
    private static final int MOST_DAYS = 14;

    private final JdbcClient jdbc;
    private final Calendars calendars;
    private final Landscape landscape;
    private final EnvironmentSites sites;
    private final SideProcesses sides;
    private final Permissions permissions;
    private final AuditTrail audit;
    private final Clock clock;

    Waves(
            JdbcClient jdbc,
            Calendars calendars,
            Landscape landscape,
            EnvironmentSites sites,
            SideProcesses sides,
            Permissions permissions,
            AuditTrail audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.calendars = calendars;
        this.landscape = landscape;
        this.sites = sites;
        this.sides = sides;
        this.permissions = permissions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A region of a system.
     *
     * @param name 1 to 64 characters, as calendars name it
     * @param zone where people there read the time
     */
    public record Region(String name, ZoneId zone) {}

    /** Lets those pass who say which regions a system has. */
    public void requireKeeper(String person) {
        permissions.require(person, Role.RELEASE_MANAGER);
    }

    /** Regions of a system in their order; none for most. */
    @Transactional(readOnly = true)
    public List<Region> regions(String system) {
        return jdbc.sql("select region, zone from system_region where system_key = ? order by position_")
                .param(system)
                .query((row, index) -> new Region(row.getString("region"), ZoneId.of(row.getString("zone"))))
                .list();
    }

    /**
     * Says which regions a system has, in the order of the waves, in place of what was said before. Windows that are planned already
     * keep their waves.
     *
     * @throws Refused when there are too many, or one has no name or stands there twice
     */
    @Transactional
    public void describe(String person, String system, List<Region> regions) {
        requireKeeper(person);
        if (regions.size() > MOST_REGIONS
                || new HashSet<>(regions.stream().map(Region::name).toList()).size() != regions.size()
                || regions.stream()
                        .anyMatch(region ->
                                region.name().isBlank() || region.name().length() > 64)) {
            throw new Refused("regions", "A system has at most " + MOST_REGIONS + " regions with names of their own.");
        }
        regions.forEach(region -> OneLine.require("regions", region.name()));
        landscape.system(system);
        String before = names(regions(system));
        jdbc.sql("delete from system_region where system_key = ?").param(system).update();
        for (int i = 0; i < regions.size(); i++) {
            jdbc.sql("insert into system_region (system_key, region, position_, zone) values (?, ?, ?, ?)")
                    .params(
                            system,
                            regions.get(i).name(),
                            i,
                            regions.get(i).zone().getId())
                    .update();
        }
        audit.record(new AuditTrail.Entry(
                Optional.empty(),
                "schedule.describeRegions",
                system,
                Map.of("regions", before),
                Map.of("regions", names(regions))));
    }

    private static String names(List<Region> regions) {
        return regions.stream().map(Region::name).collect(Collectors.joining(", "));
    }

    /** Plans the waves of a window, and begins to hand over. */
    @EventListener
    public void planned(WindowPlanned planned) {
        Release release = planned.release();
        sides.end(release.key(), HandOverWaveProcess.KEY, "Another window is planned");
        List<Region> regions = regions(release.system());
        if (regions.isEmpty()) {
            return;
        }
        String production = landscape.production(release.system()).key();
        LocalTime time = planned.span()
                .start()
                .atZone(sites.site(release.system(), production).zone())
                .toLocalTime();
        Duration length =
                Duration.between(planned.span().start(), planned.span().end());
        Instant earliest = planned.span().start();
        for (int i = 0; i < regions.size(); i++) {
            TimeSpan span = local(release, production, regions.get(i), time, length, earliest);
            insert(
                    release,
                    planned.round(),
                    i,
                    regions.get(i),
                    span,
                    against(release, production, regions.get(i), span));
            earliest = span.end();
        }
        sides.start(release, HandOverWaveProcess.KEY, Map.of());
    }

    /** The first local window of a region that its calendars leave free; without one within two weeks the first of all. */
    private TimeSpan local(
            Release release, String production, Region region, LocalTime time, Duration length, Instant earliest) {
        TimeSpan first = null;
        for (int day = 0; day < MOST_DAYS; day++) {
            Instant start = earliest.atZone(region.zone())
                    .toLocalDate()
                    .plusDays(day)
                    .atTime(time)
                    .atZone(region.zone())
                    .toInstant();
            if (start.isBefore(earliest)) {
                continue;
            }
            TimeSpan span = new TimeSpan(start, start.plus(length));
            first = first == null ? span : first;
            if (against(release, production, region, span).isEmpty()) {
                return span;
            }
        }
        return first == null ? new TimeSpan(earliest, earliest.plus(length)) : first;
    }

    private String against(Release release, String production, Region region, TimeSpan span) {
        return calendars.against(release.system(), production, Optional.of(region.name()), span).stream()
                .map(Met::sentence)
                .collect(Collectors.joining(" and "));
    }

    private void insert(Release release, int round, int position, Region region, TimeSpan span, String against) {
        jdbc.sql("insert into release_wave (release_id, round_number, position_, region, zone, starts_at, ends_at,"
                        + " finding) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        StoredIds.bytes(release),
                        round,
                        position,
                        region.name(),
                        region.zone().getId(),
                        local(span.start()),
                        local(span.end()),
                        against.isEmpty() ? "" : shortened("It meets " + against + "."))
                .update();
    }

    private static String shortened(String text) {
        return Beginning.of(text, 1000);
    }

    /** Whoever has ended hands nothing over any more. */
    @EventListener
    void ended(ReleaseStateChanged change) {
        if (change.release().state().ended()) {
            sides.end(change.release().key(), HandOverWaveProcess.KEY, "The release has ended");
        }
    }

    /** Waves of the latest window, in order. */
    @Transactional(readOnly = true)
    public List<Wave> of(Release release) {
        return jdbc.sql("select round_number, position_, region, zone, starts_at, ends_at, finding, handed_by, note,"
                        + " acknowledged_by, acknowledged_at from release_wave where release_id = ? and round_number ="
                        + " (select max(w.round_number) from release_wave w where w.release_id = ?) order by position_")
                .params(StoredIds.bytes(release), StoredIds.bytes(release))
                .query(Waves::wave)
                .list();
    }

    /** The wave whose turn it is; empty when all are taken over. */
    @Transactional(readOnly = true)
    public Optional<Wave> next(Release release) {
        return of(release).stream()
                .filter(wave -> wave.acknowledgedBy().isEmpty())
                .findFirst();
    }

    private Wave current(Release release) {
        return next(release).orElseThrow(() -> new Refused("All waves of " + release.key() + " are handed over."));
    }

    /** The wave in which a place has its turn: that of its region, or the first where it lies in none of them; empty without waves. */
    @Transactional(readOnly = true)
    public Optional<Wave> of(Release release, String environment) {
        List<Wave> all = of(release);
        Optional<String> region = sites.site(release.system(), environment).region();
        return all.stream()
                .filter(wave -> region.equals(Optional.of(wave.region())))
                .findFirst()
                .or(() -> all.stream().findFirst());
    }

    /**
     * What stands against touching a place in its wave: every region up to and with its own has taken over, so that somebody awake
     * there knows what comes. Empty where no waves are planned.
     */
    @Transactional(readOnly = true)
    public List<String> obstacles(Release release, String environment) {
        Optional<Wave> turn = of(release, environment);
        if (turn.isEmpty()) {
            return List.of();
        }
        return of(release).stream()
                .filter(wave -> wave.position() <= turn.get().position())
                .filter(wave -> wave.acknowledgedBy().isEmpty())
                .map(wave -> wave.region() + " has not taken " + release.key() + " over"
                        + (wave.handedBy().isPresent()
                                ? "; somebody there acknowledges the hand-over in Tasklist."
                                : "; whoever watched it so far hands it over in Tasklist."))
                .toList();
    }

    /** Hands over to the region whose turn it is. */
    @Transactional
    public void handOver(Release release, String person, String note) {
        permissions.require(release, person, Role.OPERATIONS, Role.DEPLOYER);
        Wave wave = current(release);
        change(
                release,
                wave,
                "schedule.handOverWave",
                "update release_wave set handed_by = ?, handed_at = ?, note = ?",
                person,
                note);
    }

    /**
     * Takes over in the region whose turn it is.
     *
     * @throws Refused when nobody has handed over, or the same person did
     */
    @Transactional
    public void acknowledge(Release release, String person, String text) {
        permissions.require(release, person, Role.OPERATIONS, Role.DEPLOYER);
        Wave wave = current(release);
        String from = wave.handedBy().orElseThrow(() -> new Refused("Nobody has handed over yet."));
        if (from.equals(person)) {
            throw new Refused("Whoever hands over does not acknowledge it; please leave it to somebody in the region.");
        }
        change(
                release,
                wave,
                "schedule.acknowledgeWave",
                "update release_wave set acknowledged_by = ?, acknowledged_at = ?, acknowledgement = ?",
                person,
                text);
    }

    private void change(Release release, Wave wave, String action, String update, String person, String text) {
        jdbc.sql(update + " where release_id = ? and round_number = ? and position_ = ?")
                .params(person, local(clock.instant()), text, StoredIds.bytes(release), wave.round(), wave.position())
                .update();
        audit.record(AuditTrail.Entry.of(
                release.id(), action, wave.region(), Map.of(), Map.of("round", wave.round(), "text", text)));
    }

    private static LocalDateTime local(Instant moment) {
        return LocalDateTime.ofInstant(moment.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC);
    }

    private static Wave wave(ResultSet row, int index) throws SQLException {
        return new Wave(
                row.getInt("round_number"),
                row.getInt("position_"),
                row.getString("region"),
                ZoneId.of(row.getString("zone")),
                new TimeSpan(
                        row.getObject("starts_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                        row.getObject("ends_at", LocalDateTime.class).toInstant(ZoneOffset.UTC)),
                row.getString("finding"),
                Optional.ofNullable(row.getString("handed_by")),
                Optional.ofNullable(row.getString("note")),
                Optional.ofNullable(row.getString("acknowledged_by")),
                Optional.ofNullable(row.getObject("acknowledged_at", LocalDateTime.class))
                        .map(moment -> moment.toInstant(ZoneOffset.UTC)));
    }
}
