package io.slipway.packaging.versions;

import io.slipway.integration.targets.Route;
import io.slipway.integration.targets.RouteStatus;
import io.slipway.integration.targets.ServiceStatus;
import io.slipway.integration.targets.TargetUnavailable;
import io.slipway.integration.targets.Targets;
import io.slipway.packaging.Rows;
import io.slipway.packaging.chain.Chain;
import io.slipway.packaging.process.CheckDriftProcess;
import io.slipway.platform.data.ListTotal;
import io.slipway.platform.process.ModelKind;
import io.slipway.platform.process.ModelVersions;
import io.slipway.release.Environment;
import io.slipway.release.Landscape;
import io.slipway.release.LiveSystems;
import io.slipway.release.ManagedSystem;
import io.slipway.release.Notices;
import io.slipway.release.Permissions;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import io.slipway.release.SideProcesses;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Compares what lives in every environment with what is recorded as live, whenever the process {@code check-drift} says so. */
@Service
public class Drift {

    /** Business key of the process that repeats the comparison. */
    public static final String WATCH = "drift-watch";

    private static final Logger LOG = LoggerFactory.getLogger(Drift.class);

    private final JdbcClient jdbc;
    private final Landscape landscape;
    private final LiveSystems live;
    private final Targets targets;
    private final Releases releases;
    private final Chain chain;
    private final Notices notices;
    private final Permissions permissions;
    private final SideProcesses processes;
    private final ModelVersions models;
    private final Settings settings;
    private final Clock clock;

    Drift(
            JdbcClient jdbc,
            Landscape landscape,
            @Lazy LiveSystems live,
            Targets targets,
            @Lazy Releases releases,
            Chain chain,
            Notices notices,
            Permissions permissions,
            @Lazy SideProcesses processes,
            ModelVersions models,
            Settings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.landscape = landscape;
        this.live = live;
        this.targets = targets;
        this.releases = releases;
        this.chain = chain;
        this.notices = notices;
        this.permissions = permissions;
        this.processes = processes;
        this.models = models;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * How drift is looked for.
     *
     * @param every time from one comparison to the next
     */
    @ConfigurationProperties("slipway.packaging.drift")
    public record Settings(@DefaultValue("PT1H") Duration every) {}

    /** Time from one comparison to the next. */
    public Duration every() {
        return settings.every();
    }

    /**
     * Begins the repeated comparison; nothing happens when it runs already.
     *
     * @throws io.slipway.release.NotPermitted when the person neither operates nor looks after security
     */
    @Transactional
    public void watch(String person) {
        permissions.require(person, Role.OPERATIONS, Role.SECURITY);
        processes.keepRunning(WATCH, CheckDriftProcess.KEY, Map.of());
    }

    /** Begins the repeated comparison when the program is ready; of nodes that start together one does. */
    @EventListener(ApplicationReadyEvent.class)
    public void begin() {
        if (models.newestAccepted(ModelKind.PROCESS, CheckDriftProcess.KEY).isPresent()) {
            processes.keepRunning(WATCH, CheckDriftProcess.KEY, Map.of());
        }
    }

    /** Whether the repeated comparison runs. */
    public boolean watched() {
        return !processes.running(WATCH, CheckDriftProcess.KEY).isEmpty();
    }

    /**
     * Compares every environment now; what a target does not answer for is found out next time.
     *
     * @return what differs
     */
    @Transactional
    public List<DriftFinding> check() {
        List<DriftFinding> findings = new ArrayList<>();
        for (ManagedSystem system : landscape.systems()) {
            for (Environment environment : landscape.environments(system.key())) {
                live.of(system.key(), environment.key())
                        .flatMap(recorded -> look(environment, recorded))
                        .ifPresent(found -> {
                            insert(found);
                            if (found.finding().isPresent()) {
                                findings.add(found);
                                raise(found);
                            }
                        });
            }
        }
        return findings;
    }

    private Optional<DriftFinding> look(Environment environment, LiveSystems.Live recorded) {
        Optional<RouteStatus> route;
        Optional<ServiceStatus> service;
        try {
            route = targets.route(new Route(environment.key(), environment.system()));
            service = route.flatMap(found -> targets.service(found.serviceId()));
        } catch (TargetUnavailable e) {
            LOG.warn("Drift of {} in {} cannot be looked for now", environment.system(), environment.key(), e);
            return Optional.empty();
        }
        if (live.moving(environment.system(), environment.key())
                || !live.of(environment.system(), environment.key()).equals(Optional.of(recorded))) {
            // Whoever deploys there compares by themselves when they are done; until then records and target differ for
            // moments.
            return Optional.empty();
        }
        Optional<String> placed = service.map(ServiceStatus::deployedDigest);
        Optional<String> found = service.map(ServiceStatus::digest);
        String finding = null;
        if (service.isEmpty()) {
            finding = "Recorded as live is " + recorded.version() + ", but no service answers there.";
        } else if (!Objects.equals(service.get().version(), recorded.version())) {
            finding = "Recorded as live is " + recorded.version() + ", but "
                    + service.get().version() + " lives there.";
        } else if (!service.get().intact()) {
            finding = "The files of " + recorded.version() + " were changed after they were placed.";
        } else if (service.get().reconfigured()) {
            finding = "The configuration of " + recorded.version() + " was changed after it was placed.";
        }
        return Optional.of(new DriftFinding(
                environment.system(),
                environment.key(),
                recorded.version(),
                recorded.packageDigest(),
                placed,
                found,
                Optional.ofNullable(finding),
                clock.instant()));
    }

    private void raise(DriftFinding found) {
        String sentence = found.system() + " in " + found.environment() + ": "
                + found.finding().orElse("");
        Optional<Release> release = releases.find(found.system() + "-" + found.version());
        notices.tell(new Notices.Notice(
                "drift/" + found.system() + "/" + found.environment() + "/"
                        + found.found().orElse("none"),
                release.map(Release::id),
                "packaging.driftFound",
                new Notices.Audience(
                        Set.of(Role.OPERATIONS.group(), Role.SECURITY.group(), Role.RELEASE_MANAGER.group()), Set.of()),
                "Something else lives than what is recorded",
                List.of(sentence, "Please find out who changed it, and deploy the recorded version again."),
                List.of(),
                "/versions/drift"));
        release.ifPresent(known -> {
            chain.alarm(known, "drift/" + found.environment(), sentence);
            if (!known.state().ended() && !known.onHold()) {
                releases.hold(known.id(), "slipway", Rows.cut("Drift: " + sentence, 500));
            }
        });
    }

    private void insert(DriftFinding found) {
        jdbc.sql("insert into drift_check (system_key, environment_key, version, recorded, placed, found, finding,"
                        + " checked_at) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        found.system(),
                        found.environment(),
                        found.version(),
                        found.recorded(),
                        found.placed().orElse(null),
                        found.found().orElse(null),
                        found.finding().map(text -> Rows.cut(text, 1000)).orElse(null),
                        Rows.moment(found.checkedAt()))
                .update();
    }

    /** A page of the looks, the newest first. */
    public Page<DriftFinding> list(Pageable page) {
        return new PageImpl<>(
                jdbc.sql("select * from drift_check order by id desc limit ? offset ?")
                        .params(page.getPageSize(), page.getOffset())
                        .query(Drift::finding)
                        .list(),
                page,
                jdbc.sql(ListTotal.sql("from drift_check", page))
                        .query(Long.class)
                        .single());
    }

    private static DriftFinding finding(ResultSet row, int index) throws SQLException {
        return new DriftFinding(
                row.getString("system_key"),
                row.getString("environment_key"),
                row.getString("version"),
                row.getString("recorded"),
                Optional.ofNullable(row.getString("placed")),
                Optional.ofNullable(row.getString("found")),
                Optional.ofNullable(row.getString("finding")),
                Rows.moment(row, "checked_at"));
    }
}
