package io.slipway.deployment;

import io.slipway.integration.targets.ConfigurationFiles;
import io.slipway.platform.ledger.EffectBusy;
import io.slipway.platform.ledger.EffectLedger.Conditions;
import io.slipway.platform.ledger.EffectRefused;
import io.slipway.platform.ledger.EffectState;
import io.slipway.platform.ledger.EffectUnclear;
import io.slipway.platform.ledger.LedgerEntry;
import io.slipway.release.AuditTrail;
import io.slipway.release.Contributions;
import io.slipway.release.Environment;
import io.slipway.release.EnvironmentBookings;
import io.slipway.release.EnvironmentConfigurations;
import io.slipway.release.Landscape;
import io.slipway.release.Permissions;
import io.slipway.release.ProductionCondition.ProductionTouch;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseAction;
import io.slipway.release.ReleaseState;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import io.slipway.release.SealedPackage;
import io.slipway.release.SealedPackages;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Puts sealed packages on environments and takes them back. Every effect goes through the ledger, so each of these may be called
 * again after a crash; what may be done at all is decided here from records, whatever a process carries in its variables.
 */
@Service
public class Deployments {

    private static final Logger LOG = LoggerFactory.getLogger(Deployments.class);

    private final DeploymentRepository deployments;
    private final Rollout rollout;
    private final DeploymentPlanner planner;
    private final RunningServices services;
    private final SealedPackages packages;
    private final EnvironmentConfigurations configurations;
    private final Landscape landscape;
    private final EnvironmentBookings bookings;
    private final Releases releases;
    private final Contributions contributions;
    private final Permissions permissions;
    private final AuditTrail audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Deployments(
            DeploymentRepository deployments,
            Rollout rollout,
            DeploymentPlanner planner,
            RunningServices services,
            SealedPackages packages,
            EnvironmentConfigurations configurations,
            Landscape landscape,
            EnvironmentBookings bookings,
            Releases releases,
            Contributions contributions,
            Permissions permissions,
            AuditTrail audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.deployments = deployments;
        this.rollout = rollout;
        this.planner = planner;
        this.services = services;
        this.packages = packages;
        this.configurations = configurations;
        this.landscape = landscape;
        this.bookings = bookings;
        this.releases = releases;
        this.contributions = contributions;
        this.permissions = permissions;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /**
     * What the decision on the pattern asks about an environment; the class of the release comes from the release.
     *
     * @param environmentTier {@code development}, {@code staging} or {@code production}
     * @param stateful whether instances keep state between requests
     * @param instances how many run at the same time
     */
    public record Facts(String environmentTier, boolean stateful, int instances) {}

    /** How a release goes on after a rollback. */
    public enum NextStep {
        RETRY("Try again"),
        END("End the release");

        private final String label;

        NextStep(String label) {
            this.label = label;
        }

        /** The words that people read. */
        public String label() {
            return label;
        }
    }

    /**
     * One deployment with what the ledger knows of it.
     *
     * @param effects in the order in which they were planned
     */
    public record WithEffects(Deployment deployment, List<LedgerEntry> effects) {}

    /** The service could not be started: the target said no. */
    public static class StartRefused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        StartRefused(String sentence, Throwable cause) {
            super(sentence, cause);
        }
    }

    /**
     * Opens a deployment of the sealed package under the next number. Opening again for the same run of the process gives the same
     * one; an earlier one that was left half-way is abandoned.
     *
     * @param run the process instance that opens it
     * @throws Refused when no package is sealed, or a value that a template asks for is missing there
     * @throws io.slipway.release.NotFound when the system has no such environment
     */
    @Transactional
    public Facts openDeployment(Release release, String environment, String run) {
        Environment place = landscape.environment(release.system(), environment);
        Facts facts = facts(place);
        Optional<Deployment> latest = latest(release, environment);
        if (latest.filter(deployment -> deployment.openedBy(run)).isPresent()) {
            return facts;
        }
        SealedPackage sealed = sealed(release);
        requireConfiguration(release, environment);
        latest.filter(deployment -> deployment.state() == Deployment.State.OPEN)
                .ifPresent(left -> left.enter(Deployment.State.ABANDONED, clock.instant()));
        Deployment deployment = deployments.save(new Deployment(
                release.id(),
                release.key(),
                release.system(),
                environment,
                latest.map(Deployment::number).orElse(0) + 1,
                run,
                release.version(),
                sealed.digest(),
                services.live(release.system(), environment)
                        .map(live -> new Deployment.Previous(live.serviceId(), live.version(), live.packageDigest())),
                clock.instant()));
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "deployment.open",
                environment,
                deployment
                        .previous()
                        .<Map<String, Object>>map(
                                previous -> Map.of("version", previous.version(), "package", previous.packageDigest()))
                        .orElse(Map.of()),
                Map.of(
                        "number", deployment.number(),
                        "version", deployment.version(),
                        "package", deployment.packageDigest())));
        return facts;
    }

    private void requireConfiguration(Release release, String environment) {
        List<String> missing = configurations.missing(release, environment);
        if (!missing.isEmpty()) {
            throw new Refused(String.join(" ", missing) + " Nothing was sent.");
        }
    }

    private Facts facts(Environment place) {
        return new Facts(
                DeploymentPlanner.tier(place), landscape.system(place.system()).stateful(), place.instances());
    }

    /**
     * Writes down the steps of the open deployment. Planning again is allowed until the first step was sent.
     *
     * @param pattern the answer of the decision {@code deployment-pattern}
     * @throws Refused when the package was sealed anew since, or a step was sent under another plan
     */
    @Transactional
    public void planDeployment(Release release, String environment, String pattern) {
        Deployment deployment = open(release, environment);
        SealedPackage sealed = sealed(release);
        if (!sealed.digest().equals(deployment.packageDigest())) {
            throw new Refused("The package of " + release.key() + " has been sealed anew since deployment "
                    + deployment.number() + " on " + environment + " was opened; please begin a new deployment.");
        }
        Environment place = landscape.environment(release.system(), environment);
        DeploymentPlan plan = planner.plan(
                place,
                release.version(),
                DeploymentPattern.of(pattern),
                sealed,
                configurations.fingerprint(release, environment));
        if (deployment.plan().filter(plan::equals).isPresent()) {
            return;
        }
        boolean sent = deployment.plan().isPresent()
                && rollout.effects(deployment).stream().anyMatch(entry -> entry.state() != EffectState.PLANNED);
        if (sent) {
            throw new Refused("Deployment " + deployment.number() + " on " + environment
                    + " has begun under another plan; please begin a new deployment.");
        }
        String before = deployment.planDigest().orElse("");
        deployment.planned(planVersion(deployment, plan), plan);
        rollout.plan(deployment);
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "deployment.plan",
                environment,
                before.isEmpty() ? Map.of() : Map.of("plan", before),
                Map.of(
                        "number", deployment.number(),
                        "plan", deployment.requirePlanDigest(),
                        "pattern", plan.pattern().name())));
    }

    private int planVersion(Deployment deployment, DeploymentPlan plan) {
        List<Deployment> earlier = deployments.findByBusinessKeyAndEnvironmentOrderById(
                deployment.businessKey(), deployment.environment());
        return earlier.stream()
                .filter(other -> other.plan().filter(plan::equals).isPresent())
                .map(Deployment::planVersion)
                .findFirst()
                .orElseGet(() -> earlier.stream()
                                .map(Deployment::planVersion)
                                .max(Comparator.naturalOrder())
                                .orElse(0)
                        + 1);
    }

    /**
     * Brings the package to the target, after every byte of it was compared with its seal once more.
     *
     * @throws EffectRefused when the package is no longer what was sealed, or the target refuses it
     */
    @Transactional
    public void transferPackage(Release release, String environment) {
        Deployment deployment = open(release, environment);
        rollout.transfer(deployment, conditions(deployment), () -> verify(release, deployment));
    }

    private void verify(Release release, Deployment deployment) {
        String digest = packages.verified(release).digest();
        if (!digest.equals(deployment.packageDigest())) {
            throw new Refused("The package of " + release.key() + " has been sealed anew since deployment "
                    + deployment.number() + " was opened; please begin a new deployment.");
        }
    }

    /**
     * Starts the new version beside what runs, without traffic. Its configuration is filled in at this moment, handed to the target, and
     * kept nowhere here.
     *
     * @param run the process instance that asks, which must be the one that opened the deployment
     * @throws StartRefused when the target refuses to start it
     * @throws Refused when the process instance opened another deployment, so that somebody changed its variables
     */
    @Transactional(noRollbackFor = StartRefused.class)
    public void startService(Release release, String environment, String run) {
        Deployment deployment = open(release, environment);
        if (!deployment.openedBy(run)) {
            throw new Refused("This process did not open the deployment " + deployment.number() + " of "
                    + release.key() + " on " + environment
                    + "; please restore its variable 'environment' and retry. Nothing was sent.");
        }
        try {
            // What was found healthy before is not what is started now.
            deployment.started();
            rollout.start(deployment, conditions(deployment), () -> configuration(release, deployment));
        } catch (EffectRefused refused) {
            String sentence = "The target refuses to start " + deployment.serviceId() + ": " + refused.getMessage();
            deployment.failed(sentence);
            throw new StartRefused(sentence, refused);
        }
    }

    private ConfigurationFiles configuration(Release release, Deployment deployment) {
        String planned = deployment.requirePlan().configuration();
        if (!configurations.fingerprint(release, deployment.environment()).equals(planned)) {
            throw new Refused("The values of " + deployment.environment() + " were changed since deployment "
                    + deployment.number() + " of " + release.key() + " was planned; please begin a new deployment.");
        }
        return ConfigurationFiles.of(
                configurations.rendered(release, deployment.environment()).reveal());
    }

    /** Asks the new version for its health, and records what it answered. */
    @Transactional
    public HealthVerdict checkHealth(Release release, String environment) {
        Deployment deployment = open(release, environment);
        HealthVerdict verdict = rollout.health(deployment);
        deployment.checked(verdict.healthy(), verdict.sentence());
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "deployment.checkHealth",
                environment,
                Map.of(),
                Map.of("number", deployment.number(), "healthy", verdict.healthy(), "seen", verdict.sentence())));
        return verdict;
    }

    /**
     * Leads the traffic to the new version.
     *
     * @return how many instances are still to be replaced
     * @throws MissingStep when it was not started or not found healthy
     * @throws EffectRefused when the target refuses, or the traffic is not where it was recorded
     */
    @Transactional
    public int switchTraffic(Release release, String environment) {
        Deployment deployment = open(release, environment);
        rollout.switchTraffic(deployment, conditions(deployment));
        return rollout.remaining(deployment);
    }

    /**
     * Reads back what users reach, compares it with the sealed package, and stops what nobody needs any more when they agree.
     *
     * @return whether they agree
     */
    @Transactional
    public LiveVerdict verifyLive(Release release, String environment) {
        Optional<Deployment> alreadyLive =
                latest(release, environment).filter(latest -> latest.state() == Deployment.State.LIVE);
        Deployment deployment = alreadyLive.orElseGet(() -> open(release, environment));
        LiveVerdict verdict = rollout.verifyLive(deployment);
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "deployment.verifyLive",
                environment,
                Map.of("expected", verdict.expected()),
                Map.of("number", deployment.number(), "live", verdict.live(), "found", verdict.found())));
        if (verdict.live()) {
            boolean firstSeen = deployment.state() != Deployment.State.LIVE;
            live(deployment);
            if (firstSeen && isProduction(release, environment)) {
                events.publishEvent(new ProductionSwitched(release, environment));
            }
            retire(deployment);
        } else {
            deployment.failed(verdict.sentence());
        }
        return verdict;
    }

    /** Whoever may not touch production any more leaves the old services running; the next deployment stops them. */
    private void retire(Deployment deployment) {
        try {
            rollout.retire(deployment, conditions(deployment), inWork(deployment));
        } catch (NotAllowedNow refused) {
            LOG.warn("Replaced services are left running. {}", refused.getMessage());
        }
    }

    private void live(Deployment deployment) {
        deployments
                .findBySystemAndEnvironmentAndState(
                        deployment.system(), deployment.environment(), Deployment.State.LIVE)
                .stream()
                .filter(other -> !other.serviceId().equals(deployment.serviceId()))
                .forEach(other -> other.enter(Deployment.State.REPLACED, clock.instant()));
        deployment.enter(Deployment.State.LIVE, clock.instant());
    }

    private Set<String> inWork(Deployment deployment) {
        List<Deployment> inWork = new ArrayList<>(deployments.findBySystemAndEnvironmentAndState(
                deployment.system(), deployment.environment(), Deployment.State.OPEN));
        inWork.addAll(deployments.findBySystemAndEnvironmentAndState(
                deployment.system(), deployment.environment(), Deployment.State.ROLLING_BACK));
        return inWork.stream().map(Deployment::serviceId).collect(Collectors.toSet());
    }

    /**
     * Finds out what was really done, and freezes the list of the steps to be taken back, the last one first. Planning again gives
     * the same list; it is empty when nothing was done.
     *
     * @return names of the steps
     * @throws io.slipway.platform.ledger.EffectUnclear when no probe can tell what became of a step
     */
    @Transactional
    public List<String> planRollback(Release release, String environment) {
        Optional<Deployment> latest = latest(release, environment);
        if (latest.filter(deployment -> deployment.state() != Deployment.State.ROLLED_BACK)
                .isEmpty()) {
            return List.of();
        }
        Deployment deployment = latest.get();
        if (deployment.undoSteps().isEmpty()) {
            rollout.settle(deployment);
            List<String> keys = new ArrayList<>(rollout.effects(deployment).stream()
                    .filter(entry -> entry.state() == EffectState.DONE)
                    .filter(entry -> entry.undo().isPresent())
                    .map(LedgerEntry::key)
                    .toList());
            Collections.reverse(keys);
            deployment.freezeUndo(keys, clock.instant());
            audit.record(AuditTrail.Entry.of(
                    release.id(),
                    "deployment.planRollback",
                    environment,
                    Map.of(),
                    Map.of("number", deployment.number(), "steps", keys)));
        }
        return frozen(deployment).stream().map(LedgerEntry::step).toList();
    }

    private List<LedgerEntry> frozen(Deployment deployment) {
        Map<String, LedgerEntry> effects =
                rollout.effects(deployment).stream().collect(Collectors.toMap(LedgerEntry::key, entry -> entry));
        return deployment.undoSteps().orElse(List.of()).stream()
                .map(key -> Optional.ofNullable(effects.get(key)).orElseThrow())
                .toList();
    }

    /**
     * Takes one step of the frozen list back. It is allowed whatever became of window and approvals, since it restores what ran
     * before, and only after the steps above it in the list.
     *
     * @throws Refused when the step is not in the list, or one above it is not taken back yet
     */
    @Transactional
    public void undoStep(Release release, String environment, String step) {
        Deployment deployment = rollingBack(release, environment);
        List<LedgerEntry> list = frozen(deployment);
        LedgerEntry wanted = list.stream()
                .filter(entry -> entry.step().equals(step))
                .findFirst()
                .orElseThrow(() -> new Refused("The rollback of " + release.key() + " on " + environment
                        + " has no step '" + step + "'; its frozen list is "
                        + list.stream().map(LedgerEntry::step).toList() + "."));
        list.stream()
                .takeWhile(entry -> entry != wanted)
                .filter(entry -> entry.state() != EffectState.UNDONE)
                .findFirst()
                .ifPresent(earlier -> {
                    throw new Refused("The rollback of " + release.key() + " on " + environment + " takes back '"
                            + Step.label(earlier.step()) + "' before '" + Step.label(step)
                            + "', and that is not done; please move the token back to it.");
                });
        rollout.undo(deployment, wanted);
    }

    /**
     * Reads back what users reach after a rollback and compares it with what ran before.
     *
     * @throws Refused when a step is not taken back yet, or users reach something else
     */
    @Transactional
    public LiveVerdict verifyRestored(Release release, String environment) {
        Optional<Deployment> latest = latest(release, environment);
        latest.ifPresent(deployment -> frozen(deployment).stream()
                .filter(entry -> entry.state() != EffectState.UNDONE)
                .findFirst()
                .ifPresent(entry -> {
                    throw new Refused("'" + Step.label(entry.step()) + "' of " + release.key() + " on " + environment
                            + " is not taken back yet; please move the token back to it.");
                }));
        LiveVerdict verdict = rollout.verifyRecorded(release.system(), environment);
        if (!verdict.live()) {
            throw new Refused("The rollback of " + release.key() + " on " + environment + " has not restored what ran"
                    + " before. " + verdict.sentence()
                    + " Please restore it on the target and retry; it is compared again.");
        }
        latest.ifPresent(deployment -> {
            deployment.enter(Deployment.State.ROLLED_BACK, clock.instant());
            restored(deployment);
            audit.record(AuditTrail.Entry.of(
                    release.id(),
                    "deployment.verifyRestored",
                    environment,
                    Map.of("version", deployment.version()),
                    Map.of(
                            "number",
                            deployment.number(),
                            "version",
                            services.live(release.system(), environment)
                                    .map(RunningServices.RunningVersion::version)
                                    .orElse(""))));
        });
        return verdict;
    }

    /** The deployment that brought what runs again is the live one again. */
    private void restored(Deployment rolledBack) {
        String running = services.live(rolledBack.system(), rolledBack.environment())
                .map(RunningServices.RunningVersion::serviceId)
                .orElse("");
        deployments
                .findBySystemAndEnvironmentAndState(
                        rolledBack.system(), rolledBack.environment(), Deployment.State.REPLACED)
                .stream()
                .filter(other -> other.serviceId().equals(running))
                .forEach(other -> other.enter(Deployment.State.LIVE, clock.instant()));
    }

    /** Records why what is live is not acceptable, for whoever decides after its rollback. */
    @Transactional
    public void recordFailure(Release release, String environment, String sentence) {
        latest(release, environment).ifPresent(deployment -> deployment.failed(sentence));
    }

    /** Why it came to a rollback, as it is recorded; empty when neither a step of the deployment failed nor somebody asked. */
    @Transactional(readOnly = true)
    public Optional<String> whyRolledBack(Release release, String environment) {
        return latest(release, environment)
                .flatMap(deployment -> deployment.failure().or(() -> askedFor(release, deployment)));
    }

    private Optional<String> askedFor(Release release, Deployment deployment) {
        return isProduction(release, deployment.environment())
                ? releases.lastReason(release.id(), ReleaseAction.ROLLBACK, deployment.openedAt())
                        .map(reason -> "It was asked for: " + reason)
                : Optional.empty();
    }

    private boolean isProduction(Release release, String environment) {
        return landscape.environment(release.system(), environment).tier() == Environment.Tier.PRODUCTION;
    }

    /**
     * Records how the release goes on after a rollback. Ending it below production gives it up, as nobody uses it yet.
     *
     * @throws io.slipway.release.NotPermitted when the person is no release manager
     */
    @Transactional
    public void decideNextStep(Release release, String environment, NextStep decision, String reason, String person) {
        permissions.require(release, person, Role.RELEASE_MANAGER);
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "deployment.decideNextStep",
                environment,
                Map.of(),
                Map.of("decision", decision.name(), "reason", reason)));
        if (decision == NextStep.END && !isProduction(release, environment)) {
            releases.giveUp(release.id(), person, reason);
        }
    }

    /**
     * Probes everything of a release that is in doubt; nothing is sent.
     *
     * @throws io.slipway.release.NotFound when the person may not know of the release
     * @throws io.slipway.release.NotPermitted when the person neither operates nor deploys nor manages releases
     * @throws Refused when no probe can tell, or a worker is at it now
     */
    @Transactional(noRollbackFor = Refused.class)
    public void settle(Release release, String person) {
        permissions.requireRead(release, person);
        permissions.require(release, person, Role.OPERATIONS, Role.DEPLOYER, Role.RELEASE_MANAGER);
        try {
            deployments.findByBusinessKeyOrderById(release.key()).stream()
                    .filter(deployment -> deployment.plan().isPresent())
                    .forEach(rollout::settle);
        } catch (EffectUnclear | EffectBusy e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The deployments of a release, the oldest first, for somebody who reads.
     *
     * @throws io.slipway.release.NotFound when the person may not know of the release
     */
    @Transactional(readOnly = true)
    public List<WithEffects> of(Release release, String person) {
        permissions.requireRead(release, person);
        return of(release);
    }

    /** The deployments of a release, the oldest first. */
    @Transactional(readOnly = true)
    public List<WithEffects> of(Release release) {
        List<Deployment> all = deployments.findByBusinessKeyOrderById(release.key());
        Map<String, List<LedgerEntry>> effects = rollout.effects(release.key(), all);
        return all.stream()
                .map(deployment -> new WithEffects(deployment, effects.getOrDefault(deployment.run(), List.of())))
                .toList();
    }

    /** The latest deployment of a release on an environment. */
    @Transactional(readOnly = true)
    public Optional<WithEffects> latestOf(Release release, String environment) {
        return latest(release, environment).map(deployment -> new WithEffects(deployment, rollout.effects(deployment)));
    }

    private Optional<Deployment> latest(Release release, String environment) {
        return deployments.findFirstByBusinessKeyAndEnvironmentOrderByIdDesc(release.key(), environment);
    }

    private Deployment open(Release release, String environment) {
        return latest(release, environment)
                .filter(deployment -> deployment.state() == Deployment.State.OPEN)
                .orElseThrow(() -> new Refused("No deployment of " + release.key() + " on " + environment
                        + " is open; please move the token back to 'Open deployment'. Nothing was sent."));
    }

    private Deployment rollingBack(Release release, String environment) {
        return latest(release, environment)
                .filter(deployment -> deployment.state() == Deployment.State.ROLLING_BACK)
                .orElseThrow(() -> new Refused("No rollback of " + release.key() + " on " + environment
                        + " is planned; please move the token back to 'Plan rollback'. Nothing was sent."));
    }

    private SealedPackage sealed(Release release) {
        return packages.present(release)
                .orElseThrow(() -> new Refused(
                        "No package of " + release.key() + " is sealed; please seal one before it is deployed."));
    }

    /** What must hold for each effect, read afresh in the transaction that writes the effect down. */
    private Conditions conditions(Deployment deployment) {
        return () -> {
            Release release = releases.get(deployment.release().orElseThrow());
            Environment place = landscape.environment(deployment.system(), deployment.environment());
            List<String> obstacles = place.tier() == Environment.Tier.PRODUCTION
                    ? contributions.obstacles(
                            release,
                            new ProductionTouch(
                                    place.key(), deployment.packageDigest(), deployment.requirePlanDigest()))
                    : below(release, place);
            if (!obstacles.isEmpty()) {
                throw new NotAllowedNow(release, place, obstacles);
            }
            if (place.tier() == Environment.Tier.PRODUCTION && !release.state().touchesProduction()) {
                // From here on production may be touched, whatever becomes of this process: both commit together.
                releases.enter(release.id(), ReleaseState.DEPLOYING);
            }
        };
    }

    private List<String> below(Release release, Environment place) {
        List<String> obstacles = new ArrayList<>();
        if (release.state().ended()) {
            obstacles.add(release.key() + " has ended.");
        }
        if (release.onHold()) {
            obstacles.add(release.key() + " is on hold; a release manager resumes it.");
        }
        if (bookings.holder(place.system(), place.key())
                .filter(release.key()::equals)
                .isEmpty()) {
            obstacles.add(place.name() + " is not booked for " + release.key()
                    + "; please move the token back to 'Book environment'.");
        }
        return obstacles;
    }
}
