package io.slipway.deployment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.slipway.integration.targets.Route;
import io.slipway.integration.targets.StartService;
import io.slipway.integration.targets.Targets;
import io.slipway.platform.data.Canonical;
import io.slipway.release.Landscape;
import io.slipway.release.LiveSystems;
import io.slipway.release.Release;
import io.slipway.release.ReleaseId;
import io.slipway.release.StoredIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What runs where by our records: which services were started, and which of them users get. */
@Component
public class RunningServices implements LiveSystems {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String SERVICE =
            "system_key, environment_key, package_digest, content_digest, configuration_digest, definition,"
                    + " release_id";
    private static final String RUNNING =
            "system_key, environment_key, version, package_digest, service_id, release_id, since";

    private final JdbcClient jdbc;
    private final Targets targets;
    private final Landscape landscape;
    private final Clock clock;

    RunningServices(JdbcClient jdbc, Targets targets, Landscape landscape, Clock clock) {
        this.jdbc = jdbc;
        this.targets = targets;
        this.landscape = landscape;
        this.clock = clock;
    }

    /**
     * What users of an environment get.
     *
     * @param packageDigest SHA-256 of the manifest of its package
     * @param release the release that brought it; empty for a baseline
     */
    public record RunningVersion(
            String system,
            String environment,
            String version,
            String packageDigest,
            String serviceId,
            Optional<ReleaseId> release,
            Instant since) {}

    /** Every running version, by system and environment. */
    @Transactional(readOnly = true)
    public List<RunningVersion> live() {
        return jdbc.sql("select " + RUNNING + " from running_version order by system_key, environment_key")
                .query(RunningServices::running)
                .list();
    }

    /** What users of one environment get; empty when nothing runs there. */
    @Transactional(readOnly = true)
    public Optional<RunningVersion> live(String system, String environment) {
        return jdbc.sql("select " + RUNNING + " from running_version where system_key = ? and environment_key = ?")
                .params(system, environment)
                .query(RunningServices::running)
                .optional();
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Live> of(String system, String environment) {
        return live(system, environment)
                .map(running -> new Live(running.version(), running.packageDigest(), address(system, environment)));
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Before> before(Release release) {
        return jdbc.sql("select s.release_id, s.configuration_digest from deployment d join service_instance s"
                        + " on s.service_id = d.previous_service_id where d.business_key = ? and d.environment_key = ?"
                        + " order by d.id desc limit 1")
                .params(release.key(), landscape.production(release.system()).key())
                .query((row, number) -> new Before(StoredIds.releaseIdIf(row.getBytes(1)), row.getString(2)))
                .optional();
    }

    @Override
    @Transactional(readOnly = true)
    public boolean moving(String system, String environment) {
        return jdbc.sql("select count(*) from deployment where system_key = ? and environment_key = ?"
                                + " and state in ('OPEN', 'ROLLING_BACK')")
                        .params(system, environment)
                        .query(Long.class)
                        .single()
                > 0;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Stay> stays(Collection<String> systems, Collection<String> versions) {
        if (systems.isEmpty() || versions.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("select d.system_key, d.version, d.environment_key, min(d.opened_at),"
                        + " max(case when r.version = d.version then 1 else 0 end) from deployment d"
                        + " left join running_version r on r.system_key = d.system_key"
                        + " and r.environment_key = d.environment_key"
                        + " where d.system_key in (:systems) and d.version in (:versions)"
                        + " and d.state in ('LIVE', 'REPLACED', 'ROLLING_BACK', 'ROLLED_BACK')"
                        + " group by d.system_key, d.version, d.environment_key order by min(d.opened_at)")
                .param("systems", systems)
                .param("versions", versions)
                .query((row, number) -> new Stay(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getTimestamp(4).toInstant(),
                        row.getInt(5) > 0))
                .list();
    }

    private String address(String system, String environment) {
        String address = targets.addressOf(new Route(environment, system)).toString();
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    /** A service that was started once. */
    Optional<ServiceInstance> find(String serviceId) {
        return jdbc.sql("select " + SERVICE + " from service_instance where service_id = ?")
                .param(serviceId)
                .query(RunningServices::service)
                .optional();
    }

    /** RunningServices of an environment that are to run, the oldest first. */
    List<ServiceInstance> running(String system, String environment) {
        return jdbc.sql("select " + SERVICE + " from service_instance where system_key = ? and environment_key = ?"
                        + " and running = true order by since, service_id")
                .params(system, environment)
                .query(RunningServices::service)
                .list();
    }

    /** The instances of a service that were started, the one that stands for all first, whether they still run or not. */
    List<String> instances(String system, String environment, String first) {
        return jdbc
                .sql("select service_id from service_instance where system_key = ? and environment_key = ?"
                        + " and (service_id = ? or (service_id >= ? and service_id < ?))")
                .params(system, environment, first, first + ".", first + "/")
                .query(String.class)
                .list()
                .stream()
                .filter(service -> Deployment.isInstanceOf(service, first))
                .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void started(ServiceInstance service) {
        int known = jdbc.sql("update service_instance set running = true, since = ? where service_id = ?")
                .params(now(), service.serviceId())
                .update();
        if (known == 0) {
            jdbc.sql("insert into service_instance (service_id, system_key, environment_key, version, package_digest,"
                            + " content_digest, configuration_digest, definition, release_id, running, since)"
                            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, true, ?)")
                    .params(
                            service.serviceId(),
                            service.system(),
                            service.environment(),
                            service.version(),
                            service.packageDigest(),
                            service.contentDigest(),
                            service.configuration(),
                            Canonical.json(service.definition()),
                            service.release().map(StoredIds::bytes).orElse(null),
                            now())
                    .update();
        }
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void stopped(String serviceId) {
        jdbc.sql("update service_instance set running = false, since = ? where service_id = ?")
                .params(now(), serviceId)
                .update();
    }

    /** Users get this service from now on. */
    @Transactional(propagation = Propagation.MANDATORY)
    void switched(ServiceInstance service) {
        nothingLive(service.system(), service.environment());
        jdbc.sql("insert into running_version (" + RUNNING + ") values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        service.system(),
                        service.environment(),
                        service.version(),
                        service.packageDigest(),
                        service.serviceId(),
                        service.release().map(StoredIds::bytes).orElse(null),
                        now())
                .update();
    }

    /** Users get nothing from now on. */
    @Transactional(propagation = Propagation.MANDATORY)
    void nothingLive(String system, String environment) {
        jdbc.sql("delete from running_version where system_key = ? and environment_key = ?")
                .params(system, environment)
                .update();
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    private static ServiceInstance service(ResultSet row, int number) throws SQLException {
        try {
            return new ServiceInstance(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    JSON.readValue(row.getString(6), StartService.class),
                    StoredIds.releaseIdIf(row.getBytes(7)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The record of a service cannot be read", e);
        }
    }

    private static RunningVersion running(ResultSet row, int number) throws SQLException {
        return new RunningVersion(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                StoredIds.releaseIdIf(row.getBytes(6)),
                row.getTimestamp(7).toInstant());
    }
}
