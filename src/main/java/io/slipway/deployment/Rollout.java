package io.slipway.deployment;

import io.slipway.integration.artifacts.ArtifactStore;
import io.slipway.integration.targets.AppliedEffect;
import io.slipway.integration.targets.ConfigurationFiles;
import io.slipway.integration.targets.Route;
import io.slipway.integration.targets.RouteStatus;
import io.slipway.integration.targets.ServiceCheck;
import io.slipway.integration.targets.ServiceHealth;
import io.slipway.integration.targets.ServiceStatus;
import io.slipway.integration.targets.StartService;
import io.slipway.integration.targets.StopService;
import io.slipway.integration.targets.SwitchTraffic;
import io.slipway.integration.targets.Targets;
import io.slipway.integration.targets.TransferArtifact;
import io.slipway.platform.data.Canonical;
import io.slipway.platform.ledger.Effect;
import io.slipway.platform.ledger.EffectLedger;
import io.slipway.platform.ledger.EffectLedger.Conditions;
import io.slipway.platform.ledger.EffectRefused;
import io.slipway.platform.ledger.EffectRequest;
import io.slipway.platform.ledger.EffectState;
import io.slipway.platform.ledger.LedgerEntry;
import io.slipway.platform.ledger.Probe;
import io.slipway.release.AuditTrail;
import io.slipway.release.Refused;
import io.slipway.release.SealedPackage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Does the steps of one deployment, each through the ledger; who may ask for them is decided by its callers. */
@Component
class Rollout {

    private final EffectLedger ledger;
    private final Targets targets;
    private final ArtifactStore artifacts;
    private final RunningServices services;
    private final LiveAnswer liveAnswer;
    private final AuditTrail audit;
    private final DeploymentSettings settings;
    private final Clock clock;

    Rollout(
            EffectLedger ledger,
            Targets targets,
            ArtifactStore artifacts,
            RunningServices services,
            LiveAnswer liveAnswer,
            AuditTrail audit,
            DeploymentSettings settings,
            Clock clock) {
        this.ledger = ledger;
        this.targets = targets;
        this.artifacts = artifacts;
        this.services = services;
        this.liveAnswer = liveAnswer;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
    }

    /** Writes the effects down that are sure to be wanted, before the first of them is sent. */
    void plan(Deployment deployment) {
        List<EffectRequest> requests = new ArrayList<>();
        requests.add(transferRequest(deployment));
        int count = deployment.requirePlan().count();
        for (int instance = 1; instance <= count; instance++) {
            requests.add(startRequest(deployment, instance));
            if (endsBatch(deployment, instance)) {
                requests.add(switchRequest(deployment, instance));
            }
        }
        ledger.plan(requests);
    }

    private static boolean endsBatch(Deployment deployment, int instance) {
        DeploymentPlan plan = deployment.requirePlan();
        return instance == plan.count() || instance % plan.atATime() == 0;
    }

    /** The instances that are replaced next: those after the last one that got traffic; empty when all have it. */
    private List<Integer> batch(Deployment deployment) {
        DeploymentPlan plan = deployment.requirePlan();
        int next = served(deployment) + 1;
        return IntStream.rangeClosed(next, Math.min(plan.count(), next + plan.atATime() - 1))
                .boxed()
                .toList();
    }

    /** How many instances of the new version have traffic, by the ledger. */
    private int served(Deployment deployment) {
        int served = 0;
        for (int instance = 1; instance <= deployment.requirePlan().count(); instance++) {
            if (endsBatch(deployment, instance)
                    && ledger.find(key(deployment, Step.SWITCH_TRAFFIC, instance))
                            .filter(entry -> entry.state() == EffectState.DONE)
                            .isPresent()) {
                served = instance;
            }
        }
        return served;
    }

    /** How many instances are still to be replaced. */
    int remaining(Deployment deployment) {
        return deployment.requirePlan().count() - served(deployment);
    }

    /**
     * Brings the package to the target.
     *
     * @param verify throws when the package is no longer what was sealed; asked right before bytes are sent
     */
    void transfer(Deployment deployment, Conditions conditions, Runnable verify) {
        ledger.perform(transferRequest(deployment), conditions, transferEffect(deployment, verify));
    }

    private EffectRequest transferRequest(Deployment deployment) {
        DeploymentPlan plan = deployment.requirePlan();
        return request(deployment, Step.TRANSFER_PACKAGE, 1, plan.target(), plan.files(), null);
    }

    private Effect transferEffect(Deployment deployment, Runnable verify) {
        DeploymentPlan plan = deployment.requirePlan();
        return new TargetEffect(
                (key, fence) -> {
                    try {
                        verify.run();
                    } catch (RuntimeException e) {
                        throw new EffectRefused(String.valueOf(e.getMessage()), e);
                    }
                    for (SealedPackage.File file : plan.files()) {
                        targets.transfer(
                                new TransferArtifact(
                                        plan.target(), file.sha256(), file.size(), () -> artifacts.open(file.sha256())),
                                part(key, file),
                                fence);
                    }
                },
                fence -> targets.bar(plan.target(), fence),
                key -> {
                    List<String> there = plan.files().stream()
                            .filter(file -> targets.probe(part(key, file)).isPresent())
                            .map(SealedPackage.File::name)
                            .toList();
                    String evidence = TargetEffect.evidence(Map.of("transferred", there));
                    // A part of the files is like none: those that are there are not sent again.
                    return there.size() == plan.files().size() ? Probe.desired(evidence) : Probe.previous(evidence);
                },
                () -> record(deployment, Step.TRANSFER_PACKAGE, Map.of(), facts(deployment)));
    }

    private static String part(String key, SealedPackage.File file) {
        return key + "/" + file.sha256().substring(0, 12);
    }

    /**
     * Starts the service beside what runs.
     *
     * @param configuration gives the files of configuration; asked right before they are sent, and kept nowhere
     */
    void start(Deployment deployment, Conditions conditions, Supplier<ConfigurationFiles> configuration) {
        requireDone(deployment, Step.TRANSFER_PACKAGE, "to start its service");
        for (int instance : batch(deployment)) {
            ledger.perform(
                    startRequest(deployment, instance), conditions, startEffect(deployment, instance, configuration));
        }
    }

    private EffectRequest startRequest(Deployment deployment, int number) {
        StartService definition = instance(deployment, number).definition();
        return request(
                deployment,
                Step.START_SERVICE,
                number,
                definition.target(),
                deployment.requirePlan().configuration().isEmpty()
                        ? definition
                        : Map.of(
                                "service",
                                definition,
                                "configuration",
                                deployment.requirePlan().configuration()),
                Canonical.json(Map.of("stop", definition.serviceId())));
    }

    private Effect startEffect(Deployment deployment, int number, Supplier<ConfigurationFiles> configuration) {
        ServiceInstance instance = instance(deployment, number);
        return new TargetEffect(
                (key, fence) -> {
                    ServiceStatus answered = targets.start(instance.definition(), given(configuration), key, fence);
                    if (!answered.serviceId().equals(instance.serviceId())) {
                        throw new EffectRefused("The target has started the service " + answered.serviceId()
                                + " under the key " + key + " and not " + instance.serviceId()
                                + ", which was asked for. Please find out on the target where "
                                + answered.serviceId() + " comes from; a new deployment gets a new key.");
                    }
                },
                fence -> targets.bar(instance.definition().target(), fence),
                key -> {
                    Optional<ServiceStatus> status = targets.service(instance.serviceId());
                    String evidence = evidence(status);
                    Optional<String> started = targets.probe(key).map(AppliedEffect::subject);
                    // What the target wrote down was started, even if it has died since: its health is the next step.
                    if (started.filter(instance.serviceId()::equals).isPresent()) {
                        return Probe.desired(evidence);
                    }
                    if (started.isPresent()) {
                        // The key is spent on another service, so this one is never started under it.
                        return Probe.previous(TargetEffect.evidence(
                                Map.of("wanted", instance.serviceId(), "started", started.get())));
                    }
                    return status.isEmpty() ? Probe.previous(evidence) : Probe.unclear(evidence);
                },
                () -> {
                    services.started(instance);
                    record(deployment, Step.START_SERVICE, Map.of(), facts(deployment, number));
                });
    }

    private static ConfigurationFiles given(Supplier<ConfigurationFiles> configuration) {
        try {
            return configuration.get();
        } catch (Refused e) {
            throw new EffectRefused(String.valueOf(e.getMessage()), e);
        }
    }

    private Effect stopEffect(Deployment deployment, ServiceInstance instance, String action) {
        return new TargetEffect(
                (key, fence) -> targets.stop(
                        new StopService(
                                instance.serviceId(), instance.definition().target()),
                        key,
                        fence),
                fence -> targets.bar(instance.definition().target(), fence),
                key -> {
                    Optional<ServiceStatus> status = targets.service(instance.serviceId());
                    boolean stopped = status.map(ServiceStatus::state)
                            .map(state -> state == ServiceStatus.State.STOPPED || state == ServiceStatus.State.ABSENT)
                            .orElse(true);
                    String evidence = evidence(status);
                    return stopped ? Probe.desired(evidence) : Probe.previous(evidence);
                },
                () -> {
                    services.stopped(instance.serviceId());
                    record(deployment, action, facts(instance), Map.of());
                });
    }

    /** Asks the new service for its health, past all routes, until enough answers in a row are good or time is up. */
    HealthVerdict health(Deployment deployment) {
        List<Integer> batch = batch(deployment);
        HealthVerdict verdict = health(deployment, batch.isEmpty() ? 1 : batch.get(0));
        for (int next = 1; next < batch.size() && verdict.healthy(); next++) {
            verdict = health(deployment, batch.get(next));
        }
        return verdict;
    }

    private HealthVerdict health(Deployment deployment, int instance) {
        requireDone(deployment, Step.START_SERVICE, instance, "to be checked");
        String service = deployment.serviceId(instance);
        DeploymentSettings.Health rule = settings.health();
        ServiceCheck check = new ServiceCheck(service, rule.path(), rule.patience());
        Instant end = clock.instant().plus(rule.limit());
        List<String> seen = new ArrayList<>();
        int inARow = 0;
        for (int asked = 0; asked < rule.attempts() && inARow < rule.needed(); asked++) {
            if (asked > 0) {
                pause(rule.interval());
            }
            ServiceHealth health = targets.check(check);
            inARow = health.healthy() ? inARow + 1 : 0;
            seen.add(health.detail());
            if (clock.instant().isAfter(end) || (!health.healthy() && hasEnded(service))) {
                break;
            }
        }
        return new HealthVerdict(inARow >= rule.needed(), inARow, rule.needed(), rule.path(), seen);
    }

    /** Nobody waits for a process that has ended. */
    private boolean hasEnded(String serviceId) {
        return targets.service(serviceId)
                .filter(status -> status.state() == ServiceStatus.State.DEAD)
                .isPresent();
    }

    /** Leads the traffic of the environment to the new service, or to its next instances; again when all have it, it changes nothing. */
    void switchTraffic(Deployment deployment, Conditions conditions) {
        List<Integer> batch = batch(deployment);
        int last = batch.isEmpty() ? deployment.requirePlan().count() : batch.get(batch.size() - 1);
        for (int instance : batch.isEmpty() ? List.of(last) : batch) {
            requireDone(deployment, Step.START_SERVICE, instance, "for traffic");
        }
        if (!deployment.healthy()) {
            throw new MissingStep(deployment, "for traffic", "its service has not been found healthy");
        }
        ledger.perform(switchRequest(deployment, last), conditions, switchEffect(deployment, last));
    }

    private EffectRequest switchRequest(Deployment deployment, int last) {
        if (deployment.requirePlan().count() == 1) {
            String previous =
                    deployment.previous().map(Deployment.Previous::serviceId).orElse("");
            return request(
                    deployment,
                    Step.SWITCH_TRAFFIC,
                    last,
                    deployment.requirePlan().target(),
                    Map.of("service", deployment.serviceId(), "previous", previous),
                    Canonical.json(Map.of("switchTo", previous)));
        }
        // What runs before may change until then; whoever is replaced by whom follows from the number alone.
        return request(
                deployment,
                Step.SWITCH_TRAFFIC,
                last,
                deployment.requirePlan().target(),
                Map.of("service", deployment.serviceId(), "instances", last),
                Canonical.json(Map.of("instances", last)));
    }

    private Effect switchEffect(Deployment deployment, int last) {
        return leadTraffic(
                deployment,
                members(deployment, last - batchSize(deployment, last)),
                members(deployment, last),
                "deployment." + Step.SWITCH_TRAFFIC.id());
    }

    /** How many instances got traffic together with this last one of its batch. */
    private static int batchSize(Deployment deployment, int last) {
        int size = deployment.requirePlan().atATime();
        return last % size == 0 ? size : last % size;
    }

    /**
     * Who gets traffic once so many instances of the new version have it: those that are not replaced yet first, since the first one
     * stands for all until the last one is replaced.
     */
    private List<String> members(Deployment deployment, int served) {
        List<String> members = new ArrayList<>();
        if (served < deployment.requirePlan().count()) {
            List<String> before = deployment
                    .previous()
                    .map(previous ->
                            services.instances(deployment.system(), deployment.environment(), previous.serviceId()))
                    .orElse(List.of());
            members.addAll(before.stream().skip(served).toList());
        }
        for (int instance = 1; instance <= served; instance++) {
            members.add(deployment.serviceId(instance));
        }
        return members;
    }

    /** Leads traffic from some services to others, of which either may be none; traffic that is elsewhere is left alone. */
    private Effect leadTraffic(Deployment deployment, List<String> from, List<String> to, String action) {
        Route route = new Route(deployment.environment(), deployment.system());
        return new TargetEffect(
                (key, fence) -> {
                    List<String> present =
                            targets.route(route).map(RouteStatus::members).orElse(List.of());
                    if (!present.equals(from) && !present.equals(to)) {
                        throw new EffectRefused("The traffic of " + route + " leads to "
                                + told(present) + ", which is neither what was recorded ("
                                + told(from) + ") nor what is wanted (" + told(to)
                                + "). Somebody else switched it; nothing was changed. Please find out who, and lead it"
                                + " back or begin a new deployment.");
                    }
                    if (!to.isEmpty()) {
                        targets.switchTraffic(
                                new SwitchTraffic(route, to.get(0), to.subList(1, to.size())), key, fence);
                    } else {
                        targets.removeRoute(route, key, fence);
                    }
                },
                fence -> targets.bar(route, fence),
                key -> {
                    Optional<RouteStatus> status = targets.route(route);
                    List<String> present = status.map(RouteStatus::members).orElse(List.of());
                    String evidence = TargetEffect.evidence(Map.of(
                            "route",
                            route.toString(),
                            "service",
                            String.join(" ", present),
                            "version",
                            status.map(RouteStatus::version).orElse(""),
                            "digest",
                            status.map(RouteStatus::digest).orElse("")));
                    if (present.equals(to)) {
                        return Probe.desired(evidence);
                    }
                    return present.equals(from) ? Probe.previous(evidence) : Probe.unclear(evidence);
                },
                () -> {
                    Map<String, Object> before = services.live(deployment.system(), deployment.environment())
                            .<Map<String, Object>>map(
                                    live -> Map.of("service", live.serviceId(), "version", live.version()))
                            .orElse(Map.of());
                    Optional<ServiceInstance> next = to.stream().findFirst().flatMap(services::find);
                    next.ifPresentOrElse(
                            services::switched,
                            () -> services.nothingLive(deployment.system(), deployment.environment()));
                    record(deployment, action, before, next.map(Rollout::facts).orElse(Map.of()));
                });
    }

    private static String told(List<String> services) {
        return services.isEmpty() ? "nothing" : String.join(", ", services);
    }

    /** Reads back what users reach and compares it with what was deployed. */
    LiveVerdict verifyLive(Deployment deployment) {
        requireDone(deployment, Step.SWITCH_TRAFFIC, deployment.requirePlan().count(), "to be verified");
        return liveAnswer.compare(
                new Route(deployment.environment(), deployment.system()),
                Optional.of(instance(deployment, 1)),
                settings.live());
    }

    /** Reads back what users reach and compares it with what is recorded. */
    LiveVerdict verifyRecorded(String system, String environment) {
        return liveAnswer.compare(
                new Route(environment, system),
                services.live(system, environment)
                        .map(RunningServices.RunningVersion::serviceId)
                        .flatMap(services::find),
                settings.live());
    }

    /**
     * Stops the services that nobody needs any more; which ones follows from the pattern.
     *
     * @param others services that other deployments are working on
     */
    void retire(Deployment deployment, Conditions conditions, Set<String> others) {
        Optional<String> previous = deployment.previous().map(Deployment.Previous::serviceId);
        boolean rolling = deployment.requirePlan().pattern() == DeploymentPattern.ROLLING;
        for (ServiceInstance old : services.running(deployment.system(), deployment.environment())) {
            boolean isPrevious = previous.filter(first -> Deployment.isInstanceOf(old.serviceId(), first))
                    .isPresent();
            if (Deployment.isInstanceOf(old.serviceId(), deployment.serviceId())
                    || others.stream().anyMatch(first -> Deployment.isInstanceOf(old.serviceId(), first))
                    || (isPrevious && !rolling)) {
                continue;
            }
            EffectRequest request = retireRequest(deployment, old, isPrevious);
            ledger.perform(request, conditions, stopEffect(deployment, old, "deployment." + Step.RETIRE_SERVICE.id()));
        }
    }

    /** Which instance of the version before it is; each gets a name of its own among the steps that are taken back. */
    private static int retiredInstance(Deployment deployment, ServiceInstance old) {
        String first = deployment.previous().map(Deployment.Previous::serviceId).orElse(old.serviceId());
        return old.serviceId().equals(first)
                ? 1
                : Integer.parseInt(old.serviceId().substring(first.length() + 1));
    }

    private EffectRequest retireRequest(Deployment deployment, ServiceInstance old, boolean isPrevious) {
        return new EffectRequest(
                key(deployment, Step.RETIRE_SERVICE) + "/" + old.serviceId(),
                deployment.businessKey(),
                deployment.run(),
                isPrevious ? Step.RETIRE_SERVICE.of(retiredInstance(deployment, old)) : Step.RETIRE_SERVICE.id(),
                old.definition().target(),
                Map.of("service", old.serviceId()),
                isPrevious ? Canonical.json(Map.of("start", old.serviceId())) : null);
    }

    /** The effects of a deployment, in the order in which they were planned. */
    List<LedgerEntry> effects(Deployment deployment) {
        return ledger.ofRun(deployment.businessKey(), deployment.run());
    }

    /** The effects of the deployments of a release by their run. */
    Map<String, List<LedgerEntry>> effects(String businessKey, List<Deployment> deployments) {
        return ledger.ofRuns(
                businessKey, deployments.stream().map(Deployment::run).toList());
    }

    /**
     * Finds out what became of everything in doubt, without sending anything.
     *
     * @throws io.slipway.platform.ledger.EffectUnclear when no probe can tell
     */
    void settle(Deployment deployment) {
        for (LedgerEntry entry : effects(deployment)) {
            if (entry.state() == EffectState.STARTED || entry.state() == EffectState.UNKNOWN) {
                ledger.settle(entry.key(), forward(deployment, entry));
            }
        }
    }

    private Effect forward(Deployment deployment, LedgerEntry entry) {
        if (entry.step().equals(Step.TRANSFER_PACKAGE.id())) {
            return transferEffect(deployment, () -> {});
        }
        if (Step.START_SERVICE.named(entry.step())) {
            return startEffect(deployment, Step.instance(entry.step()), ConfigurationFiles::asPlaced);
        }
        if (Step.SWITCH_TRAFFIC.named(entry.step())) {
            return switchEffect(deployment, Step.instance(entry.step()));
        }
        return stopEffect(deployment, retired(entry), "deployment." + Step.RETIRE_SERVICE.id());
    }

    /** Takes one effect back. */
    void undo(Deployment deployment, LedgerEntry entry) {
        // Restoring what ran before is always allowed; that it happened is recorded with the effect.
        ledger.undo(entry.key(), () -> {}, backward(deployment, entry));
    }

    private Effect backward(Deployment deployment, LedgerEntry entry) {
        String action = "deployment.undo." + entry.step();
        if (Step.START_SERVICE.named(entry.step())) {
            return stopEffect(deployment, instance(deployment, Step.instance(entry.step())), action);
        }
        if (Step.SWITCH_TRAFFIC.named(entry.step())) {
            int last = Step.instance(entry.step());
            return leadTraffic(
                    deployment,
                    members(deployment, last),
                    members(deployment, last - batchSize(deployment, last)),
                    action);
        }
        return startAgain(deployment, retired(entry), action);
    }

    /** Starting a stopped service again is done only when it answers: the next thing it gets is traffic. */
    private Effect startAgain(Deployment deployment, ServiceInstance instance, String action) {
        return new TargetEffect(
                (key, fence) -> targets.start(instance.definition(), key, fence),
                fence -> targets.bar(instance.definition().target(), fence),
                key -> {
                    Optional<ServiceStatus> status = targets.service(instance.serviceId());
                    ServiceStatus.State state = status.map(ServiceStatus::state).orElse(ServiceStatus.State.ABSENT);
                    String evidence = evidence(status);
                    return switch (state) {
                        case RUNNING -> Probe.desired(evidence);
                        case STOPPED -> Probe.previous(evidence);
                        default -> Probe.unclear(evidence);
                    };
                },
                () -> {
                    services.started(instance);
                    record(deployment, action, Map.of(), facts(instance));
                });
    }

    private ServiceInstance retired(LedgerEntry entry) {
        String serviceId = entry.key().substring(entry.key().lastIndexOf('/') + 1);
        return services.find(serviceId)
                .orElseThrow(() -> new IllegalStateException("Nobody recorded the service " + serviceId));
    }

    private void requireDone(Deployment deployment, Step step, String wanted) {
        requireDone(deployment, step, 1, wanted);
    }

    private void requireDone(Deployment deployment, Step step, int instance, String wanted) {
        String key = key(deployment, step, instance);
        EffectState state = ledger.find(key).map(LedgerEntry::state).orElse(EffectState.PLANNED);
        if (state != EffectState.DONE) {
            throw new MissingStep(
                    deployment,
                    wanted,
                    "the step '" + step.label() + "' is " + state.label().toLowerCase(java.util.Locale.ROOT)
                            + " in the ledger and not done");
        }
    }

    private ServiceInstance instance(Deployment deployment, int number) {
        DeploymentPlan plan = deployment.requirePlan();
        StartService definition = new StartService(
                deployment.serviceId(number),
                plan.target(),
                plan.system(),
                plan.version(),
                plan.files().stream()
                        .map(file -> new StartService.PackageFile(file.name(), file.sha256()))
                        .toList(),
                new StartService.Launch(plan.startFile(), plan.jvmOptions(), List.of()),
                Map.of());
        return new ServiceInstance(
                deployment.system(),
                deployment.environment(),
                deployment.packageDigest(),
                definition.packageDigest().orElseThrow(),
                plan.configuration(),
                definition,
                deployment.release());
    }

    private static EffectRequest request(
            Deployment deployment, Step step, int instance, String target, Object content, @Nullable String undo) {
        return new EffectRequest(
                key(deployment, step, instance),
                deployment.businessKey(),
                deployment.run(),
                step.of(instance),
                target,
                content,
                undo);
    }

    private static String key(Deployment deployment, Step step, int instance) {
        return instance == 1 ? key(deployment, step) : key(deployment, step) + "/" + instance;
    }

    /** Release, plan version, environment and number of the deployment, step and target. */
    static String key(Deployment deployment, Step step) {
        return deployment.release().map(Object::toString).orElse(deployment.businessKey()) + "/p"
                + deployment.planVersion() + "/" + deployment.run() + "/" + step.id() + "/" + deployment.system();
    }

    private static String evidence(Optional<ServiceStatus> status) {
        return TargetEffect.evidence(status.<Map<String, Object>>map(seen -> Map.of(
                        "service",
                        seen.serviceId(),
                        "state",
                        seen.state(),
                        "digest",
                        Optional.ofNullable(seen.digest()).orElse("")))
                .orElse(Map.of("state", ServiceStatus.State.ABSENT)));
    }

    private static Map<String, Object> facts(Deployment deployment) {
        return facts(deployment, 1);
    }

    private static Map<String, Object> facts(Deployment deployment, int instance) {
        return Map.of(
                "number",
                deployment.number(),
                "service",
                deployment.serviceId(instance),
                "version",
                deployment.version(),
                "package",
                deployment.packageDigest());
    }

    private static Map<String, Object> facts(ServiceInstance instance) {
        return Map.of(
                "service", instance.serviceId(), "version", instance.version(), "package", instance.packageDigest());
    }

    private void record(Deployment deployment, Step step, Map<String, ?> before, Map<String, ?> after) {
        record(deployment, "deployment." + step.id(), before, after);
    }

    private void record(Deployment deployment, String action, Map<String, ?> before, Map<String, ?> after) {
        audit.record(new AuditTrail.Entry(deployment.release(), action, deployment.environment(), before, after));
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted between two checks", e);
        }
    }
}
