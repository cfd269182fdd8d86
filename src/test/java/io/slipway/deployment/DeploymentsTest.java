package io.slipway.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.agent.AgentServer;
import io.slipway.agent.SampleService;
import io.slipway.deployment.DeploymentTestApplication.Fault;
import io.slipway.deployment.DeploymentTestApplication.RecordedAudit;
import io.slipway.integration.artifacts.ArtifactStore;
import io.slipway.integration.targets.Route;
import io.slipway.integration.targets.ServiceStatus;
import io.slipway.integration.targets.StartService;
import io.slipway.integration.targets.SwitchTraffic;
import io.slipway.integration.targets.TargetOutcomeUnknown;
import io.slipway.integration.targets.Targets;
import io.slipway.platform.ledger.EffectLedger;
import io.slipway.platform.ledger.EffectRefused;
import io.slipway.platform.ledger.EffectState;
import io.slipway.platform.ledger.EffectUnclear;
import io.slipway.platform.ledger.LedgerEntry;
import io.slipway.release.Contributions;
import io.slipway.release.Environment;
import io.slipway.release.EnvironmentBookings;
import io.slipway.release.Landscape;
import io.slipway.release.ManagedSystem;
import io.slipway.release.PackageDiffers;
import io.slipway.release.ProductionCondition.ProductionTouch;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseAction;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseState;
import io.slipway.release.Releases;
import io.slipway.release.SealedPackage;
import io.slipway.release.SealedPackages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.FileSystemUtils;

/** Deployments with a real agent, real services and real traffic. */
@SpringBootTest(
        classes = DeploymentTestApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:${random.uuid};DB_CLOSE_DELAY=-1",
            "spring.datasource.username=sa",
            "spring.datasource.password=",
            "spring.flyway.user=sa",
            "spring.flyway.password=",
            "slipway.ledger.probes=PT0S,PT0.1S,PT0.3S,PT1S",
            "slipway.deployment.jvm-options=-Xmx48m,-XX:+UseSerialGC,-XX:TieredStopAtLevel=1",
            "slipway.deployment.health.interval=PT0.1S",
            "slipway.deployment.health.attempts=120",
            "slipway.deployment.live.interval=PT0.1S"
        })
@Capability({"5.1", "5.5", "5.6"})
@SuppressWarnings("NullAway.Init")
class DeploymentsTest {

    private static final Release R240 = ReleaseFixture.storefront240();
    private static final Release R241 = ReleaseFixture.emergency();
    private static final String PRODUCTION = "production";
    private static final Route ROUTE = new Route(PRODUCTION, "storefront");

    /** Later than any that the ledger draws, which begin at the seconds of the clock. */
    private static final long LATE_FENCE = 1_000_000_000_000L;

    @TempDir
    static Path data;

    @DynamicPropertySource
    static void directories(DynamicPropertyRegistry registry) {
        registry.add("slipway.data", () -> data.toString());
    }

    @Autowired
    private Deployments deployments;

    @Autowired
    private Baselines baselines;

    @Autowired
    private RunningServices services;

    @Autowired
    private EffectLedger ledger;

    @Autowired
    private Targets targets;

    @Autowired
    private ArtifactStore artifacts;

    @Autowired
    private EffectsSettled effectsSettled;

    @Autowired
    private LiveAsRecorded liveAsRecorded;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private RecordedAudit audit;

    @Autowired
    private Fault fault;

    @Autowired
    private SealedPackages packages;

    @Autowired
    private Landscape landscape;

    @Autowired
    private EnvironmentBookings bookings;

    @Autowired
    private Releases releases;

    @Autowired
    private Contributions contributions;

    private AgentServer agent;

    @BeforeEach
    void begin() throws IOException {
        FileSystemUtils.deleteRecursively(data.resolve("agent"));
        agent = AgentServer.start(data.resolve("agent"), 0, 0);
        for (String table : List.of("effect", "effect_fence", "deployment", "service_instance", "running_version")) {
            jdbc.update("delete from " + table);
        }
        audit.clear();
        reset(packages, landscape, bookings, releases, contributions);
        for (Release release : List.of(R240, R241)) {
            when(releases.get(release.id())).thenReturn(release);
        }
        environment(PRODUCTION, Environment.Tier.PRODUCTION);
        environment("staging", Environment.Tier.STAGING);
        when(landscape.system("storefront")).thenReturn(mock(ManagedSystem.class));
        when(contributions.obstacles(any(), any())).thenReturn(List.of());
        seal(R240, versioned("2.4.0"));
        seal(R241, versioned("2.4.1"));
    }

    @AfterEach
    void end() throws IOException {
        agent.shutDownServices();
        agent.close();
    }

    private void environment(String key, Environment.Tier tier) {
        Environment environment = mock(Environment.class);
        when(environment.system()).thenReturn("storefront");
        when(environment.key()).thenReturn(key);
        when(environment.name()).thenReturn(key);
        when(environment.tier()).thenReturn(tier);
        when(environment.instances()).thenReturn(1);
        when(landscape.environment("storefront", key)).thenReturn(environment);
        if (tier == Environment.Tier.PRODUCTION) {
            when(landscape.production("storefront")).thenReturn(environment);
        }
    }

    /** A service that tells its version as JSON, as the products here do. */
    private static byte[] versioned(String version) {
        return SampleService.jar("{\\\"version\\\":\\\"" + version + "\\\"}");
    }

    private SealedPackage seal(Release release, byte[] jar) {
        try {
            ArtifactStore.StoredArtifact stored = artifacts.put(new ByteArrayInputStream(jar), Long.MAX_VALUE);
            SealedPackage sealed = new SealedPackage(
                    1,
                    SampleService.sha256(
                            (release.key() + stored.sha256()).getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                    "storefront.jar",
                    List.of(new SealedPackage.File("storefront.jar", stored.size(), stored.sha256())));
            when(packages.present(release)).thenReturn(Optional.of(sealed));
            when(packages.verified(release)).thenReturn(sealed);
            return sealed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void baseline(String version) throws IOException {
        Path jar = Files.write(data.resolve("storefront-" + version + ".jar"), versioned(version));
        assertThat(baselines.install("storefront", PRODUCTION, version, jar).live())
                .isTrue();
    }

    private void deploy(Release release, String pattern) {
        switched(release, pattern);
        LiveVerdict verdict = deployments.verifyLive(release, PRODUCTION);
        assertThat(verdict.live()).as(verdict.sentence()).isTrue();
    }

    private void switched(Release release, String pattern) {
        started(release, pattern);
        HealthVerdict health = deployments.checkHealth(release, PRODUCTION);
        assertThat(health.healthy()).as(health.sentence()).isTrue();
        deployments.switchTraffic(release, PRODUCTION);
    }

    private void started(Release release, String pattern) {
        planned(release, pattern);
        deployments.transferPackage(release, PRODUCTION);
        deployments.startService(release, PRODUCTION, "run-of-" + release.key());
    }

    private void planned(Release release, String pattern) {
        deployments.openDeployment(release, PRODUCTION, "run-of-" + release.key());
        deployments.planDeployment(release, PRODUCTION, pattern);
    }

    private List<String> rollBack(Release release) {
        List<String> steps = deployments.planRollback(release, PRODUCTION);
        steps.forEach(step -> deployments.undoStep(release, PRODUCTION, step));
        deployments.verifyRestored(release, PRODUCTION);
        return steps;
    }

    /** What a user gets through the proxy. */
    private String answered() {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(targets.addressOf(ROUTE) + "version"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Deployment latest(Release release) {
        return deployments.latestOf(release, PRODUCTION).orElseThrow().deployment();
    }

    private Map<String, EffectState> effects(Release release) {
        return deployments.latestOf(release, PRODUCTION).orElseThrow().effects().stream()
                .collect(java.util.stream.Collectors.toMap(LedgerEntry::step, LedgerEntry::state, (a, b) -> b));
    }

    private ServiceStatus.State stateOf(String serviceId) {
        return targets.service(serviceId).orElseThrow().state();
    }

    @Test
    void aNewVersionIsDeployedAndTakenBackWhileTheOneBeforeStaysWarm() throws IOException {
        baseline("2.3.0");
        assertThat(answered()).contains("2.3.0");
        String first = services.live("storefront", PRODUCTION).orElseThrow().serviceId();

        deploy(R240, "BLUE_GREEN");

        assertThat(answered()).contains("2.4.0");
        assertThat(services.of("storefront", PRODUCTION).orElseThrow().version())
                .isEqualTo("2.4.0");
        assertThat(stateOf(first)).as("the version before stays warm").isEqualTo(ServiceStatus.State.RUNNING);
        assertThat(effects(R240).values()).containsOnly(EffectState.DONE);
        assertThat(effectsSettled.evaluate(R240).met()).isTrue();
        assertThat(liveAsRecorded.evaluate(R240).met()).isTrue();

        List<String> steps = rollBack(R240);

        assertThat(steps).containsExactly("switchTraffic", "startService");
        assertThat(answered()).contains("2.3.0");
        assertThat(stateOf(latest(R240).serviceId())).isEqualTo(ServiceStatus.State.STOPPED);
        assertThat(latest(R240).state()).isEqualTo(Deployment.State.ROLLED_BACK);
        assertThat(services.live("storefront", PRODUCTION).orElseThrow().version())
                .isEqualTo("2.3.0");
        assertThat(liveAsRecorded.evaluate(R240).met()).isTrue();
        assertThat(audit.actions())
                .contains(
                        "baseline.install",
                        "deployment.open",
                        "deployment.plan",
                        "deployment.transferPackage",
                        "deployment.startService",
                        "deployment.checkHealth",
                        "deployment.switchTraffic",
                        "deployment.verifyLive",
                        "deployment.planRollback",
                        "deployment.undo.switchTraffic",
                        "deployment.undo.startService",
                        "deployment.verifyRestored");
    }

    @Test
    void theNextDeploymentStopsWhatIsOlderThanTheVersionBefore() throws IOException {
        baseline("2.3.0");
        String first = services.live("storefront", PRODUCTION).orElseThrow().serviceId();
        deploy(R240, "BLUE_GREEN");

        deploy(R241, "BLUE_GREEN");

        assertThat(answered()).contains("2.4.1");
        assertThat(stateOf(first)).isEqualTo(ServiceStatus.State.STOPPED);
        assertThat(stateOf(latest(R240).serviceId())).isEqualTo(ServiceStatus.State.RUNNING);
        assertThat(latest(R240).state()).isEqualTo(Deployment.State.REPLACED);

        rollBack(R241);
        assertThat(answered()).contains("2.4.0");
        assertThat(latest(R240).state()).isEqualTo(Deployment.State.LIVE);
    }

    @Test
    void rollingStopsTheVersionBeforeAndStartsItAgainWhenItIsTakenBack() throws IOException {
        baseline("2.3.0");
        String first = services.live("storefront", PRODUCTION).orElseThrow().serviceId();

        deploy(R240, "ROLLING");
        assertThat(stateOf(first)).isEqualTo(ServiceStatus.State.STOPPED);

        assertThat(rollBack(R240)).containsExactly("retireService", "switchTraffic", "startService");
        assertThat(stateOf(first)).isEqualTo(ServiceStatus.State.RUNNING);
        assertThat(answered()).contains("2.3.0");
    }

    /** Three instances of production that are replaced one after the other. */
    private void threeInstances() {
        Environment production = landscape.environment("storefront", PRODUCTION);
        when(production.instances()).thenReturn(3);
    }

    private void replaceInstances(Release release) {
        planned(release, "ROLLING");
        deployments.transferPackage(release, PRODUCTION);
        for (int left = 2; left >= 0; left--) {
            deployments.startService(release, PRODUCTION, "run-of-" + release.key());
            assertThat(deployments.checkHealth(release, PRODUCTION).healthy()).isTrue();
            assertThat(deployments.switchTraffic(release, PRODUCTION)).isEqualTo(left);
        }
        assertThat(deployments.verifyLive(release, PRODUCTION).live()).isTrue();
    }

    @Test
    void rollingReplacesOneInstanceAfterTheOtherWithoutAGapForItsUsers() throws Exception {
        baseline("2.3.0");
        threeInstances();
        replaceInstances(R240);
        String first = latest(R240).serviceId();
        assertThat(targets.route(ROUTE).orElseThrow().members()).containsExactly(first, first + ".2", first + ".3");
        assertThat(steps(R240))
                .containsSubsequence(
                        "startService",
                        "switchTraffic",
                        "startService.2",
                        "switchTraffic.2",
                        "startService.3",
                        "switchTraffic.3",
                        "retireService");

        List<String> answers = java.util.Collections.synchronizedList(new java.util.ArrayList<>());
        java.util.concurrent.atomic.AtomicBoolean over = new java.util.concurrent.atomic.AtomicBoolean();
        Thread user = new Thread(() -> {
            while (!over.get()) {
                answers.add(answered());
            }
        });
        user.start();
        replaceInstances(R241);
        over.set(true);
        user.join(10_000);

        assertThat(answers)
                .hasSizeGreaterThan(20)
                .allMatch(answer -> answer.contains("2.4.0") || answer.contains("2.4.1"));
        assertThat(answers).anyMatch(answer -> answer.contains("2.4.0")).anyMatch(answer -> answer.contains("2.4.1"));
        assertThat(List.of(stateOf(first), stateOf(first + ".2"), stateOf(first + ".3")))
                .containsOnly(ServiceStatus.State.STOPPED);

        assertThat(rollBack(R241))
                .containsExactly(
                        "retireService.3",
                        "retireService.2",
                        "retireService",
                        "switchTraffic.3",
                        "startService.3",
                        "switchTraffic.2",
                        "startService.2",
                        "switchTraffic",
                        "startService");
        assertThat(targets.route(ROUTE).orElseThrow().members()).containsExactly(first, first + ".2", first + ".3");
        assertThat(answered()).contains("2.4.0");
    }

    @Test
    void theFirstInstanceThatFailsStopsTheRollingAndIsTakenBack() throws Exception {
        baseline("2.3.0");
        threeInstances();
        replaceInstances(R240);
        String before = latest(R240).serviceId();
        planned(R241, "ROLLING");
        deployments.transferPackage(R241, PRODUCTION);
        deployments.startService(R241, PRODUCTION, "run-of-" + R241.key());
        assertThat(deployments.checkHealth(R241, PRODUCTION).healthy()).isTrue();
        assertThat(deployments.switchTraffic(R241, PRODUCTION)).isEqualTo(2);
        String next = latest(R241).serviceId();
        assertThat(targets.route(ROUTE).orElseThrow().members()).containsExactly(before + ".2", before + ".3", next);

        deployments.startService(R241, PRODUCTION, "run-of-" + R241.key());
        assertThatThrownBy(() -> deployments.switchTraffic(R241, PRODUCTION))
                .as("what was found healthy is the first instance, not the second")
                .isInstanceOf(MissingStep.class);
        ProcessHandle second = ProcessHandle.of(java.util.Objects.requireNonNull(
                        targets.service(next + ".2").orElseThrow().pid()))
                .orElseThrow();
        second.destroyForcibly();
        second.onExit().get();
        assertThat(deployments.checkHealth(R241, PRODUCTION).healthy()).isFalse();

        assertThat(rollBack(R241)).containsExactly("startService.2", "switchTraffic", "startService");
        assertThat(targets.route(ROUTE).orElseThrow().members()).containsExactly(before, before + ".2", before + ".3");
        assertThat(stateOf(next)).isEqualTo(ServiceStatus.State.STOPPED);
        assertThat(answered()).contains("2.4.0");
    }

    private List<String> steps(Release release) {
        return deployments.of(release).stream()
                .flatMap(deployment -> deployment.effects().stream())
                .filter(entry -> entry.state() == io.slipway.platform.ledger.EffectState.DONE)
                .map(io.slipway.platform.ledger.LedgerEntry::step)
                .toList();
    }

    @Test
    void everyStepDoneTwiceIsDoneOnce() throws IOException {
        baseline("2.3.0");
        deploy(R240, "BLUE_GREEN");
        String service = latest(R240).serviceId();
        Long pid = targets.service(service).orElseThrow().pid();
        long fence = ledger.find(Rollout.key(latest(R240), Step.SWITCH_TRAFFIC))
                .orElseThrow()
                .fence();

        assertThat(deployments.verifyLive(R240, PRODUCTION).live()).isTrue();
        List<String> steps = deployments.planRollback(R240, PRODUCTION);
        assertThat(deployments.planRollback(R240, PRODUCTION)).isEqualTo(steps);
        deployments.undoStep(R240, PRODUCTION, "switchTraffic");
        deployments.undoStep(R240, PRODUCTION, "switchTraffic");

        assertThat(targets.service(service).orElseThrow().pid()).isEqualTo(pid);
        assertThat(ledger.find(Rollout.key(latest(R240), Step.SWITCH_TRAFFIC))
                        .orElseThrow()
                        .fence())
                .isEqualTo(fence + 1);
    }

    @Test
    @Capability("X4")
    void anAttemptMadeAgainAfterItsRecordsWereLostAdoptsTheServiceThatRuns() throws IOException {
        baseline("2.3.0");
        started(R240, "BLUE_GREEN");
        String service = latest(R240).serviceId();
        Long pid = targets.service(service).orElseThrow().pid();
        jdbc.update("delete from effect where business_key = ?", R240.key());
        jdbc.update("delete from service_instance where service_id = ?", service);
        jdbc.update("delete from deployment where business_key = ?", R240.key());

        deploy(R240, "BLUE_GREEN");

        assertThat(latest(R240).serviceId()).isEqualTo(service).isEqualTo("production-storefront-2.4.0-1");
        assertThat(targets.service(service).orElseThrow().pid()).isEqualTo(pid);
        assertThat(answered()).contains("2.4.0");
    }

    @Test
    @Capability("X4")
    void aKeyThatTheTargetSpentOnAnotherServiceIsAnErrorThatNamesIt() {
        planned(R240, "BLUE_GREEN");
        deployments.transferPackage(R240, PRODUCTION);
        Deployment deployment = latest(R240);
        DeploymentPlan plan = deployment.requirePlan();
        targets.start(
                new StartService(
                        "production-storefront-33",
                        plan.target(),
                        plan.system(),
                        plan.version(),
                        plan.files().stream()
                                .map(file -> new StartService.PackageFile(file.name(), file.sha256()))
                                .toList(),
                        new StartService.Launch(plan.startFile(), plan.jvmOptions(), List.of()),
                        Map.of()),
                Rollout.key(deployment, Step.START_SERVICE),
                ledger.find(Rollout.key(deployment, Step.TRANSFER_PACKAGE))
                        .orElseThrow()
                        .fence());

        assertThatThrownBy(() -> deployments.startService(R240, PRODUCTION, "run-of-" + R240.key()))
                .isInstanceOf(Deployments.StartRefused.class)
                .hasMessageContaining("production-storefront-33")
                .hasMessageContaining(deployment.serviceId());
        assertThat(effects(R240)).containsEntry("startService", EffectState.FAILED);
        assertThat(deployments.whyRolledBack(R240, PRODUCTION).orElseThrow()).contains("production-storefront-33");
    }

    @Test
    void aFirstDeploymentLeavesNothingWhenItIsTakenBack() {
        deploy(R240, "BLUE_GREEN");
        assertThat(latest(R240).previous()).isEmpty();

        rollBack(R240);

        assertThat(targets.route(ROUTE)).isEmpty();
        assertThat(services.of("storefront", PRODUCTION)).isEmpty();
        assertThat(liveAsRecorded.evaluate(R240).met()).isTrue();
    }

    @Test
    void productionCountsAsTouchedOnlyWhenTheGuardLetsTheFirstStepThrough() {
        planned(R240, "BLUE_GREEN");
        when(contributions.obstacles(any(), any())).thenReturn(List.of("The window is closed."));
        assertThatThrownBy(() -> deployments.transferPackage(R240, PRODUCTION)).isInstanceOf(NotAllowedNow.class);
        verify(releases, never()).enter(any(), any());

        when(contributions.obstacles(any(), any())).thenReturn(List.of());
        deployments.transferPackage(R240, PRODUCTION);
        verify(releases).enter(R240.id(), ReleaseState.DEPLOYING);
    }

    @Test
    void belowProductionADeploymentTouchesNoProductionAndEndingGivesTheReleaseUp() {
        when(bookings.holder(anyString(), anyString())).thenReturn(Optional.of(R240.key()));
        deployments.openDeployment(R240, "staging", "run-1");
        deployments.planDeployment(R240, "staging", "BLUE_GREEN");
        deployments.transferPackage(R240, "staging");
        verify(releases, never()).enter(any(), any());

        deployments.decideNextStep(R240, "staging", Deployments.NextStep.RETRY, "Once more.", "p-rita");
        verify(releases, never()).giveUp(any(), any(), any());
        deployments.decideNextStep(R240, "staging", Deployments.NextStep.END, "It never starts.", "p-rita");
        verify(releases).giveUp(R240.id(), "p-rita", "It never starts.");
        deployments.decideNextStep(R240, PRODUCTION, Deployments.NextStep.END, "Users first.", "p-rita");
        verify(releases, times(1)).giveUp(any(), any(), any());
    }

    @Test
    void aRollbackByHandTellsWhoeverDecidesWhyItWasAskedFor() {
        planned(R240, "BLUE_GREEN");
        assertThat(deployments.whyRolledBack(R240, PRODUCTION)).isEmpty();
        when(releases.lastReason(eq(R240.id()), eq(ReleaseAction.ROLLBACK), any()))
                .thenReturn(Optional.of("Prices are wrong."));

        assertThat(deployments.whyRolledBack(R240, PRODUCTION)).contains("It was asked for: Prices are wrong.");
    }

    @Test
    void nothingIsSentToProductionWhileAConditionSpeaksAgainstIt() {
        planned(R240, "BLUE_GREEN");
        String planDigest = latest(R240).planDigest().orElseThrow();
        when(contributions.obstacles(
                        eq(R240),
                        eq(new ProductionTouch(PRODUCTION, latest(R240).packageDigest(), planDigest))))
                .thenReturn(List.of("The window is closed.", "Two approvals are missing."));

        assertThatThrownBy(() -> deployments.transferPackage(R240, PRODUCTION))
                .isInstanceOf(NotAllowedNow.class)
                .hasMessageContaining("The window is closed.")
                .hasMessageContaining("Two approvals are missing.")
                .hasMessageContaining("retry");
        assertThat(effects(R240)).containsEntry("transferPackage", EffectState.PLANNED);
        assertThat(audit.actions()).doesNotContain("deployment.transferPackage");
    }

    @Test
    void theConditionsAreAskedAgainAtEachStep() throws IOException {
        baseline("2.3.0");
        started(R240, "BLUE_GREEN");
        deployments.checkHealth(R240, PRODUCTION);
        when(contributions.obstacles(any(), any())).thenReturn(List.of("The release is on hold."));

        assertThatThrownBy(() -> deployments.switchTraffic(R240, PRODUCTION)).isInstanceOf(NotAllowedNow.class);
        assertThat(answered()).contains("2.3.0");

        rollBack(R240);
        assertThat(stateOf(latest(R240).serviceId()))
                .as("restoring is allowed whatever speaks against going on")
                .isEqualTo(ServiceStatus.State.STOPPED);
    }

    @Test
    void belowProductionTheEnvironmentMustBeBooked() {
        when(bookings.holder(anyString(), anyString())).thenReturn(Optional.of("storefront-9.9.9"));
        deployments.openDeployment(R240, "staging", "run-1");
        deployments.planDeployment(R240, "staging", "BLUE_GREEN");

        assertThatThrownBy(() -> deployments.transferPackage(R240, "staging"))
                .isInstanceOf(NotAllowedNow.class)
                .hasMessageContaining("not booked");
    }

    @Test
    void aMovedTokenOrAForeignCompletionDoesNotGetPastAMissingStep() throws IOException {
        baseline("2.3.0");
        assertThatThrownBy(() -> deployments.switchTraffic(R240, PRODUCTION)).hasMessageContaining("Open deployment");

        deployments.openDeployment(R240, PRODUCTION, "run-1");
        assertThatThrownBy(() -> deployments.transferPackage(R240, PRODUCTION))
                .isInstanceOf(MissingStep.class)
                .hasMessageContaining("Plan deployment");

        deployments.planDeployment(R240, PRODUCTION, "BLUE_GREEN");
        assertThatThrownBy(() -> deployments.startService(R240, PRODUCTION, "run-1"))
                .hasMessageContaining("Transfer package");
        deployments.transferPackage(R240, PRODUCTION);
        assertThatThrownBy(() -> deployments.checkHealth(R240, PRODUCTION)).hasMessageContaining("Start service");
        assertThatThrownBy(() -> deployments.switchTraffic(R240, PRODUCTION)).hasMessageContaining("Start service");
        assertThatThrownBy(() -> deployments.startService(R240, PRODUCTION, "run-2"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("did not open the deployment");
        deployments.startService(R240, PRODUCTION, "run-1");
        assertThatThrownBy(() -> deployments.switchTraffic(R240, PRODUCTION)).hasMessageContaining("found healthy");
        assertThatThrownBy(() -> deployments.verifyLive(R240, PRODUCTION)).hasMessageContaining("Switch traffic");
        assertThatThrownBy(() -> deployments.undoStep(R240, PRODUCTION, "startService"))
                .hasMessageContaining("Plan rollback");
        assertThat(answered()).contains("2.3.0");
    }

    @Test
    void aChangedByteOfThePackageIsNotShipped() {
        planned(R240, "BLUE_GREEN");
        when(packages.verified(R240)).thenThrow(new PackageDiffers("storefront.jar", "storefront.jar was changed."));

        assertThatThrownBy(() -> deployments.transferPackage(R240, PRODUCTION))
                .isInstanceOf(EffectRefused.class)
                .hasMessageContaining("storefront.jar was changed.");
        assertThat(effects(R240)).containsEntry("transferPackage", EffectState.FAILED);
    }

    @Test
    void aPackageThatWasSealedAnewNeedsANewDeployment() {
        deployments.openDeployment(R240, PRODUCTION, "run-1");
        seal(R240, versioned("2.4.0-b"));
        assertThatThrownBy(() -> deployments.planDeployment(R240, PRODUCTION, "BLUE_GREEN"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("sealed anew");

        deployments.openDeployment(R240, PRODUCTION, "run-2");
        deployments.planDeployment(R240, PRODUCTION, "BLUE_GREEN");
        assertThat(latest(R240).number()).isEqualTo(2);
    }

    @Test
    void aServiceThatDoesNotLiveGetsNoTrafficAndIsTakenBack() throws IOException {
        baseline("2.3.0");
        seal(R240, "this is no jar".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        started(R240, "BLUE_GREEN");

        HealthVerdict health = deployments.checkHealth(R240, PRODUCTION);

        assertThat(health.healthy()).isFalse();
        assertThat(health.sentence()).contains("0 of 3");
        assertThat(deployments.whyRolledBack(R240, PRODUCTION).orElseThrow())
                .contains(latest(R240).serviceId() + " is not healthy", "0 of 3");
        assertThatThrownBy(() -> deployments.switchTraffic(R240, PRODUCTION)).isInstanceOf(MissingStep.class);
        assertThat(rollBack(R240)).containsExactly("startService");
        assertThat(answered()).contains("2.3.0");
    }

    @Test
    void anotherVersionThanThePackageSaysIsNotLive() throws IOException {
        baseline("2.3.0");
        seal(R240, versioned("2.9.9"));
        switched(R240, "BLUE_GREEN");

        LiveVerdict verdict = deployments.verifyLive(R240, PRODUCTION);

        assertThat(verdict.live()).isFalse();
        assertThat(verdict.sentence()).contains("2.9.9");
        assertThat(deployments.whyRolledBack(R240, PRODUCTION)).contains(verdict.sentence());
        rollBack(R240);
        assertThat(answered()).contains("2.3.0");
    }

    @Test
    void anAgentThatDiesInTheSwitchLeavesADoubtThatAProbeResolves() throws IOException {
        baseline("2.3.0");
        started(R240, "BLUE_GREEN");
        deployments.checkHealth(R240, PRODUCTION);
        fault.afterNext("switchTraffic", this::agentDies);

        assertThatThrownBy(() -> deployments.switchTraffic(R240, PRODUCTION)).isInstanceOf(EffectUnclear.class);
        LedgerEntry doubtful =
                ledger.find(Rollout.key(latest(R240), Step.SWITCH_TRAFFIC)).orElseThrow();
        assertThat(doubtful.state()).isEqualTo(EffectState.UNKNOWN);
        assertThat(effectsSettled.evaluate(R240).met()).isFalse();

        agent = AgentServer.start(data.resolve("agent"), 0, 0);
        deployments.switchTraffic(R240, PRODUCTION);

        LedgerEntry done =
                ledger.find(Rollout.key(latest(R240), Step.SWITCH_TRAFFIC)).orElseThrow();
        assertThat(done.state()).isEqualTo(EffectState.DONE);
        assertThat(done.fence()).as("nothing was sent again").isEqualTo(doubtful.fence());
        assertThat(answered()).contains("2.4.0");
        assertThat(deployments.verifyLive(R240, PRODUCTION).live()).isTrue();
        assertThat(effectsSettled.evaluate(R240).met()).isTrue();
    }

    @Test
    void aRollbackFirstFindsOutWhatWasReallyDone() throws IOException {
        baseline("2.3.0");
        started(R240, "BLUE_GREEN");
        deployments.checkHealth(R240, PRODUCTION);
        fault.afterNext("switchTraffic", this::agentDies);
        assertThatThrownBy(() -> deployments.switchTraffic(R240, PRODUCTION)).isInstanceOf(EffectUnclear.class);
        assertThatThrownBy(() -> deployments.planRollback(R240, PRODUCTION)).isInstanceOf(EffectUnclear.class);

        agent = AgentServer.start(data.resolve("agent"), 0, 0);

        assertThat(rollBack(R240)).containsExactly("switchTraffic", "startService");
        assertThat(answered()).contains("2.3.0");
    }

    @Test
    void operationsLetDoubtsBeProbedWithoutSendingAnything() throws IOException {
        planned(R240, "BLUE_GREEN");
        deployments.transferPackage(R240, PRODUCTION);
        fault.afterNext("start", this::agentDies);
        assertThatThrownBy(() -> deployments.startService(R240, PRODUCTION, "run-of-" + R240.key()))
                .isInstanceOf(EffectUnclear.class);
        assertThatThrownBy(() -> deployments.settle(R240, "p-olga"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("It is not known");

        agent = AgentServer.start(data.resolve("agent"), 0, 0);
        deployments.settle(R240, "p-olga");

        assertThat(effects(R240)).containsEntry("startService", EffectState.DONE);
        assertThat(effectsSettled.evaluate(R240).met()).isTrue();
    }

    private void agentDies() {
        try {
            agent.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new TargetOutcomeUnknown("The agent did not answer", null);
    }

    @Test
    void trafficThatSomebodyElseSwitchedIsLeftAlone() throws IOException {
        baseline("2.3.0");
        deploy(R240, "BLUE_GREEN");
        String first = latest(R240).previous().orElseThrow().serviceId();
        targets.switchTraffic(new SwitchTraffic(ROUTE, first), "by-hand", LATE_FENCE);
        jdbc.update("update effect_fence set fence = ?", LATE_FENCE);

        assertThat(liveAsRecorded.evaluate(R240).met()).isFalse();
        started(R241, "BLUE_GREEN");
        deployments.checkHealth(R241, PRODUCTION);
        assertThatThrownBy(() -> deployments.switchTraffic(R241, PRODUCTION))
                .hasMessageContaining("Somebody else switched it");
        assertThat(answered()).contains("2.3.0");
    }

    @Test
    void openingAgainInTheSameRunKeepsTheNumberAndANewRunGetsANewOne() {
        deployments.openDeployment(R240, PRODUCTION, "run-1");
        deployments.openDeployment(R240, PRODUCTION, "run-1");
        assertThat(latest(R240).number()).isEqualTo(1);

        deployments.openDeployment(R240, PRODUCTION, "run-2");

        assertThat(deployments.of(R240))
                .extracting(with -> with.deployment().state())
                .containsExactly(Deployment.State.ABANDONED, Deployment.State.OPEN);
        assertThat(latest(R240).number()).isEqualTo(2);
    }

    @Test
    void theRollbackListIsFrozenAndKeepsItsOrder() throws IOException {
        baseline("2.3.0");
        deploy(R240, "BLUE_GREEN");
        deployments.planRollback(R240, PRODUCTION);

        assertThatThrownBy(() -> deployments.undoStep(R240, PRODUCTION, "startService"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("'Switch traffic' before 'Start service'");
        assertThatThrownBy(() -> deployments.undoStep(R240, PRODUCTION, "dropDatabase"))
                .hasMessageContaining("has no step");
        assertThatThrownBy(() -> deployments.verifyRestored(R240, PRODUCTION))
                .hasMessageContaining("not taken back yet");
        assertThatThrownBy(() -> deployments.switchTraffic(R240, PRODUCTION)).isInstanceOf(Refused.class);

        jdbc.update("update deployment set undo_steps = '[]' where business_key = ?", R240.key());
        assertThatThrownBy(() -> deployments.undoStep(R240, PRODUCTION, "startService"))
                .hasMessageContaining("not the one that was frozen");
    }

    @Test
    void aBaselineIsNoWayAroundReleases() throws IOException {
        baseline("2.3.0");
        baseline("2.3.0");
        Path other = Files.write(data.resolve("other.jar"), versioned("2.3.1"));

        assertThatThrownBy(() -> baselines.install("storefront", PRODUCTION, "2.3.1", other))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("2.3.0 of storefront is live");
        when(releases.existFor("storefront")).thenReturn(true);
        assertThatThrownBy(() -> baselines.install("storefront", "staging", "2.3.1", other))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("has releases");
        assertThat(answered()).contains("2.3.0");
    }
}
