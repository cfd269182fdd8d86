package io.slipway.deployment;

import io.slipway.integration.artifacts.ArtifactStore;
import io.slipway.integration.targets.ConfigurationFiles;
import io.slipway.platform.data.Canonical;
import io.slipway.platform.ledger.EffectLedger.Conditions;
import io.slipway.release.AuditTrail;
import io.slipway.release.Environment;
import io.slipway.release.Landscape;
import io.slipway.release.Refused;
import io.slipway.release.Releases;
import io.slipway.release.SealedPackage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts the version on an environment that runs there before Slipway takes a system over, by the same ledger and agent as any
 * deployment. It is no way around releases: it works only while nothing is live there and the system never had a release.
 */
@Service
public class Baselines {

    private final DeploymentRepository deployments;
    private final Rollout rollout;
    private final DeploymentPlanner planner;
    private final RunningServices services;
    private final ArtifactStore artifacts;
    private final Landscape landscape;
    private final Releases releases;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Baselines(
            DeploymentRepository deployments,
            Rollout rollout,
            DeploymentPlanner planner,
            RunningServices services,
            ArtifactStore artifacts,
            Landscape landscape,
            Releases releases,
            AuditTrail audit,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.deployments = deployments;
        this.rollout = rollout;
        this.planner = planner;
        this.services = services;
        this.artifacts = artifacts;
        this.landscape = landscape;
        this.releases = releases;
        this.audit = audit;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /**
     * Starts a version and leads the traffic of the environment to it; installing what runs there already changes nothing, and
     * installing again after a crash goes on where it ended.
     *
     * @param jar the service, started with {@code java -jar}; it must stay readable until this returns
     * @return what users reach now
     * @throws Refused when another version is live there, or the system had a release
     * @throws IllegalStateException when the service is not healthy or users do not reach it
     * @throws UncheckedIOException when the jar cannot be read
     */
    public LiveVerdict install(String system, String environment, String version, Path jar) {
        Environment place = landscape.environment(system, environment);
        if (services.live(system, environment)
                .filter(live -> live.version().equals(version))
                .isPresent()) {
            LiveVerdict live = rollout.verifyRecorded(system, environment);
            finish(system, environment, version, live);
            return live;
        }
        Conditions conditions = () -> requireUntouched(system, environment);
        transaction.executeWithoutResult(status -> conditions.check());
        SealedPackage content = keep(system, version, jar);
        Deployment deployment = open(place, version, content);
        rollout.plan(deployment);
        rollout.transfer(
                deployment, conditions, () -> content.files().forEach(file -> artifacts.verify(file.sha256())));
        rollout.start(deployment, conditions, ConfigurationFiles::asPlaced);
        HealthVerdict health = rollout.health(deployment);
        Deployment checked = checked(deployment, health);
        if (!health.healthy()) {
            throw new IllegalStateException(
                    "The baseline " + version + " of " + system + " is not healthy. " + health.sentence());
        }
        rollout.switchTraffic(checked, conditions);
        LiveVerdict live = rollout.verifyLive(checked);
        finish(system, environment, version, live);
        return live;
    }

    /** Closes the open installation, if there is one, when users reach it. */
    private void finish(String system, String environment, String version, LiveVerdict live) {
        if (!live.live()) {
            throw new IllegalStateException(live.sentence());
        }
        transaction.executeWithoutResult(status -> latest(key(system, version), environment)
                .filter(deployment -> deployment.state() == Deployment.State.OPEN)
                .ifPresent(deployment -> {
                    deployment.enter(Deployment.State.LIVE, clock.instant());
                    audit.record(new AuditTrail.Entry(
                            Optional.empty(),
                            "baseline.install",
                            environment,
                            Map.of(),
                            Map.of("system", system, "version", version, "package", deployment.packageDigest())));
                }));
    }

    private static String key(String system, String version) {
        return "baseline-" + system + "-" + version.replaceAll("[^A-Za-z0-9._-]", "_");
    }

    private Optional<Deployment> latest(String key, String environment) {
        return deployments.findFirstByBusinessKeyAndEnvironmentOrderByIdDesc(key, environment);
    }

    private void requireUntouched(String system, String environment) {
        services.live(system, environment).ifPresent(live -> {
            throw new Refused("On " + environment + " " + live.version() + " of " + system
                    + " is live; another version gets there by a release.");
        });
        if (releases.existFor(system)) {
            throw new Refused(
                    "The system " + system + " has releases; a version gets to " + environment + " by a release.");
        }
    }

    private SealedPackage keep(String system, String version, Path jar) {
        try (InputStream content = Files.newInputStream(jar)) {
            ArtifactStore.StoredArtifact stored = artifacts.put(content, Long.MAX_VALUE);
            String name = system + ".jar";
            List<SealedPackage.File> files = List.of(new SealedPackage.File(name, stored.size(), stored.sha256()));
            String digest = Canonical.digest(Map.of("baseline", system, "version", version, "files", files));
            return new SealedPackage(1, digest, name, files);
        } catch (IOException e) {
            throw new UncheckedIOException("The baseline's jar cannot be read", e);
        }
    }

    private Deployment open(Environment place, String version, SealedPackage content) {
        String key = key(place.system(), version);
        DeploymentPlan plan = planner.plan(place, version, DeploymentPattern.BLUE_GREEN, content, "");
        return saved(() -> {
            Optional<Deployment> latest = latest(key, place.key());
            Optional<Deployment> begun = latest.filter(deployment -> deployment.state() == Deployment.State.OPEN);
            if (begun.flatMap(Deployment::plan).filter(plan::equals).isPresent()) {
                return begun.get();
            }
            begun.ifPresent(left -> left.enter(Deployment.State.ABANDONED, clock.instant()));
            int number = latest.map(Deployment::number).orElse(0) + 1;
            Deployment deployment = deployments.save(new Deployment(
                    null,
                    key,
                    place.system(),
                    place.key(),
                    number,
                    "baseline-" + number,
                    version,
                    content.digest(),
                    Optional.empty(),
                    clock.instant()));
            deployment.planned(number, plan);
            return deployment;
        });
    }

    private Deployment checked(Deployment deployment, HealthVerdict health) {
        return saved(() -> {
            Deployment mine =
                    latest(deployment.businessKey(), deployment.environment()).orElseThrow();
            mine.checked(health.healthy(), health.sentence());
            return mine;
        });
    }

    private Deployment saved(Supplier<Deployment> change) {
        Deployment deployment = transaction.execute(status -> change.get());
        if (deployment == null) {
            throw new IllegalStateException("A transaction gave no deployment");
        }
        return deployment;
    }
}
