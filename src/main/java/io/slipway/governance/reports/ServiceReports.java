package io.slipway.governance.reports;

import io.slipway.integration.incidents.Incident;
import io.slipway.integration.incidents.Incident.Priority;
import io.slipway.integration.incidents.IncidentRegister;
import io.slipway.platform.data.ListTotal;
import io.slipway.release.Environment;
import io.slipway.release.Landscape;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Computes delivery measures from recorded deployments, in the database and with a fixed number of statements, and lays incidents beside
 * them.
 */
@Service
public class ServiceReports {

    /** Incidents that are laid beside the deployments of a page. */
    private static final int MOST_INCIDENTS = 200;

    private static final String IN_PERIOD = " from deployment_fact where deployed_at >= ? and deployed_at < ?";

    private final JdbcClient jdbc;
    private final IncidentRegister incidents;
    private final Landscape landscape;
    private final Settings settings;
    private final Clock clock;

    ServiceReports(JdbcClient jdbc, IncidentRegister incidents, Landscape landscape, Settings settings, Clock clock) {
        this.jdbc = jdbc;
        this.incidents = incidents;
        this.landscape = landscape;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What counts as around a deployment.
     *
     * @param around how long before and after it
     */
    @ConfigurationProperties("slipway.governance.reports")
    public record Settings(@DefaultValue("PT72H") Duration around) {}

    /** How long before and after a deployment incidents are laid beside it. */
    public Duration around() {
        return settings.around();
    }

    /** The measures of every system that was deployed in a period, by its key. */
    @Transactional(readOnly = true)
    public List<SystemReport> systems(Period period) {
        Timestamp start = Timestamp.from(period.start());
        Timestamp end = Timestamp.from(period.end());
        Map<String, Percentiles> lead = percentiles("lead_seconds", start, end);
        Map<String, Percentiles> recovery = percentiles("recovery_seconds", start, end);
        Set<String> below = below();
        Map<String, List<Instant>> moments = new HashMap<>();
        jdbc.sql("select system_key, deployed_at" + IN_PERIOD + " order by deployed_at desc limit 5000")
                .params(start, end)
                .query((row, number) ->
                        Map.entry(row.getString(1), row.getTimestamp(2).toInstant()))
                .list()
                .forEach(moment -> moments.computeIfAbsent(moment.getKey(), system -> new ArrayList<>())
                        .add(moment.getValue()));
        return jdbc.sql("select system_key, count(*), sum(case when lead_from = 'COMMIT' then 1 else 0 end),"
                        + " sum(case when failed_at is not null then 1 else 0 end), sum(case when unplanned then 1 else 0 end)"
                        + IN_PERIOD + " group by system_key order by system_key")
                .params(start, end)
                .query((row, number) -> report(row, period, lead, recovery, moments, below))
                .list();
    }

    private record Percentiles(long half, long nine) {}

    /** By nearest rank: the smallest value that at least half, or nine tenths, do not exceed. */
    private Map<String, Percentiles> percentiles(String column, Timestamp start, Timestamp end) {
        Map<String, Percentiles> found = new HashMap<>();
        jdbc.sql("select system_key, max(case when nth * 2 >= total and (nth - 1) * 2 < total then measured end),"
                        + " max(case when nth * 10 >= total * 9 and (nth - 1) * 10 < total * 9 then measured end) from"
                        + " (select system_key, " + column + " as measured,"
                        + " row_number() over (partition by system_key order by " + column + ") as nth,"
                        + " count(*) over (partition by system_key) as total" + IN_PERIOD + " and " + column
                        + " is not null) ranked group by system_key")
                .params(start, end)
                .query((row, number) -> Map.entry(row.getString(1), new Percentiles(row.getLong(2), row.getLong(3))))
                .list()
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    private SystemReport report(
            ResultSet row,
            Period period,
            Map<String, Percentiles> lead,
            Map<String, Percentiles> recovery,
            Map<String, List<Instant>> moments,
            Set<String> below)
            throws SQLException {
        String system = row.getString(1);
        long deployments = row.getLong(2);
        long failed = row.getLong(4);
        long unplanned = row.getLong(5);
        List<Incident> known = incidents.between(
                system,
                period.start().minus(settings.around()),
                period.end().plus(settings.around()),
                IncidentRegister.MOST);
        List<Incident> severe = known.stream()
                .filter(ServiceReports::severe)
                .filter(incident -> inProduction(incident, below))
                .toList();
        long followed = moments.getOrDefault(system, List.of()).stream()
                .filter(moment -> severe.stream().anyMatch(incident -> after(moment, incident)))
                .count();
        return new SystemReport(
                system,
                deployments,
                deployments * 7.0 / period.days(),
                Optional.ofNullable(lead.get(system)).map(found -> Duration.ofSeconds(found.half())),
                Optional.ofNullable(lead.get(system)).map(found -> Duration.ofSeconds(found.nine())),
                row.getLong(3),
                failed,
                (double) failed / deployments,
                Wilson.of(failed, deployments),
                Optional.ofNullable(recovery.get(system)).map(found -> Duration.ofSeconds(found.half())),
                unplanned,
                (double) unplanned / deployments,
                severe.stream()
                        .filter(incident -> !incident.openedAt().isBefore(period.start())
                                && incident.openedAt().isBefore(period.end()))
                        .count(),
                followed,
                Wilson.of(followed, deployments),
                known.size() >= IncidentRegister.MOST ? Optional.empty() : Optional.of(availability(severe, period)));
    }

    /** Environments that customers do not use, as {@code system/environment}. */
    private Set<String> below() {
        return landscape.environments().stream()
                .filter(environment -> environment.tier() != Environment.Tier.PRODUCTION)
                .map(environment -> environment.system() + "/" + environment.key())
                .collect(Collectors.toSet());
    }

    /** An incident of an environment that nobody knows, or of none in particular, may well be one of production. */
    private static boolean inProduction(Incident incident, Set<String> below) {
        return incident.environment()
                .filter(environment -> below.contains(incident.system() + "/" + environment))
                .isEmpty();
    }

    private static boolean severe(Incident incident) {
        return incident.priority() == Priority.P1 || incident.priority() == Priority.P2;
    }

    private boolean after(Instant deployed, Incident incident) {
        return !incident.openedAt().isBefore(deployed)
                && incident.openedAt().isBefore(deployed.plus(settings.around()));
    }

    private boolean before(Instant deployed, Incident incident) {
        return incident.openedAt().isBefore(deployed)
                && !incident.openedAt().isBefore(deployed.minus(settings.around()));
    }

    /** Time in which no severe incident was open, as a share of the time that has passed of the period. */
    private double availability(List<Incident> severe, Period period) {
        Instant now = clock.instant();
        Instant end = period.end().isBefore(now) ? period.end() : now;
        if (!period.start().isBefore(end)) {
            return 1;
        }
        Duration down = Duration.ZERO;
        Instant covered = period.start();
        for (Incident incident :
                severe.stream().sorted(Comparator.comparing(Incident::openedAt)).toList()) {
            Instant from = incident.openedAt().isBefore(covered) ? covered : incident.openedAt();
            Instant until = incident.resolvedAt().filter(end::isAfter).orElse(end);
            if (from.isBefore(until)) {
                down = down.plus(Duration.between(from, until));
                covered = until;
            }
        }
        return 1
                - (double) down.toMillis()
                        / Duration.between(period.start(), end).toMillis();
    }

    /**
     * How often a system, or all of them, was deployed in each week of a period.
     *
     * @param week its Monday
     * @param deployments all of them
     * @param failed those that needed immediate intervention
     */
    public record Week(LocalDate week, long deployments, long failed) {}

    /** Weeks of a period, those without a deployment too. */
    @Transactional(readOnly = true)
    public List<Week> weeks(Period period) {
        Map<LocalDate, long[]> weeks = new TreeMap<>();
        for (LocalDate week = monday(period.from()); !week.isAfter(period.to()); week = week.plusWeeks(1)) {
            weeks.put(week, new long[2]);
        }
        jdbc.sql("select deployed_on, count(*), sum(case when failed_at is not null then 1 else 0 end)" + IN_PERIOD
                        + " group by deployed_on")
                .params(Timestamp.from(period.start()), Timestamp.from(period.end()))
                .query((row, number) -> {
                    long[] counts =
                            weeks.computeIfAbsent(monday(LocalDate.parse(row.getString(1))), week -> new long[2]);
                    counts[0] += row.getLong(2);
                    counts[1] += row.getLong(3);
                    return number;
                })
                .list();
        return weeks.entrySet().stream()
                .map(week -> new Week(week.getKey(), week.getValue()[0], week.getValue()[1]))
                .toList();
    }

    private static LocalDate monday(LocalDate day) {
        return day.minusDays(day.getDayOfWeek().getValue() - 1L);
    }

    /**
     * The deployments of a system in a period, the newest first, each with the incidents around it, of which the newest two hundred
     * around the page are told.
     */
    @Transactional(readOnly = true)
    public Page<DeploymentRow> deployments(String system, Period period, Pageable page) {
        Timestamp start = Timestamp.from(period.start());
        Timestamp end = Timestamp.from(period.end());
        long total = jdbc.sql(ListTotal.sql(IN_PERIOD + " and system_key = ?", page))
                .params(start, end, system)
                .query(Long.class)
                .single();
        // The order begins as the index does, or the embedded database would sort all rows.
        List<DeploymentRow> rows = jdbc.sql(
                        "select release_key, deployment_no, unplanned, lead_seconds, lead_from, deployed_at,"
                                + " failed_at, recovery_seconds" + IN_PERIOD
                                + " and system_key = ? order by system_key desc, deployed_at desc limit ? offset ?")
                .params(start, end, system, page.getPageSize(), page.getOffset())
                .query((row, number) -> deployment(row))
                .list();
        if (rows.isEmpty()) {
            return new PageImpl<>(rows, page, total);
        }
        Set<String> below = below();
        List<Incident> around = incidents
                .between(
                        system,
                        rows.get(rows.size() - 1).deployedAt().minus(settings.around()),
                        rows.get(0).deployedAt().plus(settings.around()),
                        MOST_INCIDENTS)
                .stream()
                .filter(incident -> inProduction(incident, below))
                .toList();
        return new PageImpl<>(rows.stream().map(row -> with(row, around)).toList(), page, total);
    }

    private static DeploymentRow deployment(ResultSet row) throws SQLException {
        Instant deployed = row.getTimestamp(6).toInstant();
        Timestamp failed = row.getTimestamp(7);
        long recovery = row.getLong(8);
        boolean recovered = !row.wasNull();
        return new DeploymentRow(
                row.getString(1),
                row.getInt(2),
                row.getBoolean(3),
                Duration.ofSeconds(row.getLong(4)),
                "COMMIT".equals(row.getString(5)),
                deployed,
                Optional.ofNullable(failed).map(Timestamp::toInstant),
                recovered ? Optional.of(Duration.ofSeconds(recovery)) : Optional.empty(),
                List.of(),
                List.of());
    }

    private DeploymentRow with(DeploymentRow row, List<Incident> around) {
        return new DeploymentRow(
                row.release(),
                row.number(),
                row.unplanned(),
                row.lead(),
                row.leadFromCommit(),
                row.deployedAt(),
                row.failedAt(),
                row.recovery(),
                around.stream()
                        .filter(incident -> before(row.deployedAt(), incident))
                        .map(Incident::key)
                        .toList(),
                around.stream()
                        .filter(incident -> after(row.deployedAt(), incident))
                        .map(Incident::key)
                        .toList());
    }
}
