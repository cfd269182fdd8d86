package io.slipway.integration.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.agent.SampleService;
import io.slipway.integration.targets.AppliedEffect.Operation;
import io.slipway.integration.targets.ServiceStatus.State;
import io.slipway.integration.targets.StartService.Launch;
import io.slipway.integration.targets.StartService.PackageFile;
import io.slipway.integration.targets.TargetRefused.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every adapter of {@link Targets} does; a subclass gives the adapter and the thing behind it. */
@Timeout(60)
public abstract class TargetsContract {

    private static final byte[] V1 = SampleService.jar("1.0");
    private static final byte[] V2 = SampleService.jar("2.0");

    /** Unique in this test, so that tests may share what lies behind the adapter. */
    private final String run = UUID.randomUUID().toString().substring(0, 8);

    private final String target = "host-" + run;
    private final Route route = new Route("staging", "shop-" + run);

    /** The adapter under test. */
    protected abstract Targets targets();

    @Test
    void bringsAServiceUpAndLeadsTrafficToIt() throws Exception {
        StartService service = service("one", "1.0", V1);
        transfer(V1, "transfer", 1);
        ServiceStatus started = targets().start(service, key("start"), 1);
        awaitHealthy("one");

        assertThat(started.target()).isEqualTo(target);
        assertThat(started.version()).isEqualTo("1.0");
        assertThat(started.digest()).isEqualTo(service.packageDigest().orElseThrow());
        assertThat(targets().route(route)).isEmpty();

        RouteStatus switched = targets().switchTraffic(new SwitchTraffic(route, id("one")), key("switch"), 1);

        assertThat(switched.serviceId()).isEqualTo(id("one"));
        assertThat(switched.version()).isEqualTo("1.0");
        assertThat(switched.digest()).isEqualTo(started.digest());
        assertThat(switched.previous()).isNull();
        assertThat(switched.address()).isEqualTo(targets().addressOf(route));
        assertThat(targets().route(route)).contains(switched);
        assertThat(get(switched.address().resolve("version"))).isEqualTo("1.0");
        ServiceStatus now = targets().service(id("one")).orElseThrow();
        assertThat(now.state()).isEqualTo(State.RUNNING);
        assertThat(now.intact()).isTrue();
        assertThat(now.pid()).isEqualTo(started.pid());
    }

    @Test
    void leadsTrafficBackToThePreviousService() throws Exception {
        startAndAwait("one", "1.0", V1);
        startAndAwait("two", "2.0", V2);
        targets().switchTraffic(new SwitchTraffic(route, id("one")), key("to-one"), 1);

        RouteStatus forward = targets().switchTraffic(new SwitchTraffic(route, id("two")), key("to-two"), 1);
        assertThat(get(forward.address().resolve("version"))).isEqualTo("2.0");
        assertThat(forward.previousVersion()).isEqualTo("1.0");

        String previous = forward.previous();
        assertThat(previous).isEqualTo(id("one"));
        RouteStatus back = targets().switchTraffic(new SwitchTraffic(route, id("one")), key("back"), 1);
        assertThat(get(back.address().resolve("version"))).isEqualTo("1.0");
        assertThat(back.previous()).isEqualTo(id("two"));
    }

    @Test
    void sameKeyGivesTheSameAnswerAndChangesNothing() {
        transfer(V1, "transfer", 1);
        ServiceStatus first = targets().start(service("one", "1.0", V1), key("start"), 1);
        ServiceStatus again = targets().start(service("one", "1.0", V1), key("start"), 1);
        ServiceStatus underNewerFence = targets().start(service("one", "1.0", V1), key("start"), 2);

        assertThat(again).isEqualTo(first);
        assertThat(underNewerFence).isEqualTo(first);
        transfer(V1, "transfer", 2);
    }

    @Test
    void otherRequestUnderAUsedKeyIsRefused() {
        transfer(V1, "transfer", 1);
        targets().start(service("one", "1.0", V1), key("start"), 1);

        refused(Reason.KEY_REUSED, () -> targets().start(service("one", "1.1", V1), key("start"), 1));
        refused(Reason.KEY_REUSED, () -> transfer(V2, "transfer", 1));
    }

    @Test
    void changeUnderAnOlderFenceIsRefused() {
        transfer(V1, "transfer", 5);

        refused(Reason.STALE_FENCE, () -> targets().start(service("one", "1.0", V1), key("start"), 4));
        refused(Reason.STALE_FENCE, () -> targets().stop(new StopService(id("one"), target), key("stop"), 4));
        refused(Reason.STALE_FENCE, () -> transfer(V2, "other", 4));
        assertThat(targets().probe(key("start"))).isEmpty();
        targets().removeRoute(route, key("remove"), 5);
        refused(Reason.STALE_FENCE, () -> targets().removeRoute(route, key("late"), 4));
    }

    @Test
    void whoeverIsBarredIsRefusedAndNothingElseChanges() {
        startAndAwait("one", "1.0", V1);
        targets().switchTraffic(new SwitchTraffic(route, id("one")), key("switch"), 1);
        RouteStatus before = targets().route(route).orElseThrow();

        targets().bar(target, 5);
        targets().bar(route, 3);
        targets().bar(route, 2);

        refused(Reason.STALE_FENCE, () -> transfer(V2, "late", 4));
        refused(Reason.STALE_FENCE, () -> targets().removeRoute(route, key("late"), 2));
        assertThat(targets().route(route)).contains(before);
        assertThat(targets().service(id("one")).orElseThrow().state()).isEqualTo(State.RUNNING);
        targets().removeRoute(route, key("remove"), 3);
        transfer(V2, "other", 5);
    }

    @Test
    void probeTellsWhatWasApplied() {
        assertThat(targets().probe(key("transfer"))).isEmpty();
        transfer(V1, "transfer", 3);
        targets().start(service("one", "1.0", V1), key("start"), 3);

        AppliedEffect transferred = targets().probe(key("transfer")).orElseThrow();
        assertThat(transferred.operation()).isEqualTo(Operation.STORE_ARTIFACT);
        assertThat(transferred.subject()).isEqualTo(SampleService.sha256(V1));
        AppliedEffect started = targets().probe(key("start")).orElseThrow();
        assertThat(started.operation()).isEqualTo(Operation.START_SERVICE);
        assertThat(started.subject()).isEqualTo(id("one"));
        assertThat(started.fence()).isEqualTo(3);
        assertThat(started.key()).isEqualTo(key("start"));
    }

    @Test
    void contentThatIsNotWhatItsDigestSaysIsRefused() {
        byte[] unique = ("content of " + run).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        byte[] other = "something else".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        TransferArtifact wrong = new TransferArtifact(
                target, SampleService.sha256(unique), other.length, () -> new ByteArrayInputStream(other));

        refused(Reason.DIGEST_MISMATCH, () -> targets().transfer(wrong, key("transfer"), 1));
        assertThat(targets().probe(key("transfer"))).isEmpty();
    }

    @Test
    void filesThatWereNotTransferredAreNotStarted() {
        byte[] missing = ("missing " + run).getBytes(java.nio.charset.StandardCharsets.UTF_8);

        refused(Reason.CONFLICT, () -> targets().start(service("one", "1.0", missing), key("start"), 1));
        assertThat(targets().service(id("one"))).isEmpty();
    }

    @Test
    void trafficIsNotLedToAServiceThatDoesNotRun() {
        refused(Reason.CONFLICT, () -> targets()
                .switchTraffic(new SwitchTraffic(route, id("nobody")), key("switch"), 1));
        assertThat(targets().route(route)).isEmpty();
    }

    @Test
    void serviceIsStoppedOnceNoRouteLeadsToIt() {
        startAndAwait("one", "1.0", V1);
        targets().switchTraffic(new SwitchTraffic(route, id("one")), key("switch"), 1);
        StopService stop = new StopService(id("one"), target);

        refused(Reason.CONFLICT, () -> targets().stop(stop, key("stop"), 1));
        targets().removeRoute(route, key("remove"), 1);
        ServiceStatus stopped = targets().stop(stop, key("stop"), 1);

        assertThat(targets().route(route)).isEmpty();
        assertThat(stopped.state()).isEqualTo(State.STOPPED);
        assertThat(targets().stop(stop, key("stop"), 1)).isEqualTo(stopped);
        assertThat(targets().stop(stop, key("stop-again"), 1).state()).isEqualTo(State.STOPPED);
        assertThat(targets().service(id("one")).orElseThrow().state()).isEqualTo(State.STOPPED);
        assertThat(targets()
                        .stop(new StopService(id("nobody"), target), key("stop-nobody"), 1)
                        .state())
                .isEqualTo(State.ABSENT);
    }

    @Test
    void healthIsAskedFromTheServiceItself() {
        startAndAwait("one", "1.0", V1);

        ServiceHealth well = check("one", "/health");
        assertThat(well.healthy()).isTrue();
        assertThat(well.status()).isEqualTo(200);
        assertThat(well.body()).isEqualTo("well");
        ServiceHealth missing = check("one", "/missing");
        assertThat(missing.healthy()).isFalse();
        assertThat(missing.status()).isEqualTo(404);
        ServiceHealth slow = targets().check(new ServiceCheck(id("one"), "/slow", Duration.ofMillis(100)));
        assertThat(slow.healthy()).isFalse();
        assertThat(slow.status()).isNull();
        assertThat(slow.took()).isLessThan(Duration.ofMillis(1_400));
    }

    @Test
    void aServiceThatDiesOrIsUnknownIsNotHealthy() {
        transfer(V1, "transfer", 1);
        StartService failing =
                new StartService(id("one"), target, "shop", "1.0", files(V1), launch(), Map.of("FAIL", "true"));
        targets().start(failing, key("start"), 1);

        await(() -> targets().service(id("one")).orElseThrow().state() == State.DEAD);
        assertThat(check("one", "/health").healthy()).isFalse();
        assertThat(check("one", "/health").detail()).contains("DEAD");
        assertThat(check("nobody", "/health").detail()).contains("ABSENT");
    }

    @Test
    void theServiceGetsItsEnvironment() throws Exception {
        startAndAwait("one", "1.0", V1);

        assertThat(check("one", "/env/GREETING").body()).isEqualTo("good day, “" + run + "”");
    }

    private String key(String step) {
        return run + ":1:" + step + "@" + target + "/x";
    }

    private String id(String name) {
        return name + "-" + run;
    }

    private void transfer(byte[] content, String step, long fence) {
        targets()
                .transfer(
                        new TransferArtifact(
                                target,
                                SampleService.sha256(content),
                                content.length,
                                () -> new ByteArrayInputStream(content)),
                        key(step),
                        fence);
    }

    private static List<PackageFile> files(byte[] jar) {
        return List.of(new PackageFile("app.jar", SampleService.sha256(jar)));
    }

    private static Launch launch() {
        return new Launch("app.jar", SampleService.JVM_OPTIONS, List.of());
    }

    private StartService service(String name, String version, byte[] jar) {
        return new StartService(
                id(name), target, "shop", version, files(jar), launch(), Map.of("GREETING", "good day, “" + run + "”"));
    }

    private void startAndAwait(String name, String version, byte[] jar) {
        transfer(jar, "transfer-" + name, 1);
        targets().start(service(name, version, jar), key("start-" + name), 1);
        awaitHealthy(name);
    }

    private void awaitHealthy(String name) {
        await(() -> check(name, "/health").healthy());
    }

    private ServiceHealth check(String name, String path) {
        return targets().check(new ServiceCheck(id(name), path, Duration.ofSeconds(5)));
    }

    private static void await(BooleanSupplier condition) {
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(20)).until(condition::getAsBoolean);
    }

    private static void refused(Reason reason, Runnable change) {
        assertThatThrownBy(change::run)
                .isInstanceOfSatisfying(TargetRefused.class, refusal -> assertThat(Set.of(refusal.reason()))
                        .containsExactly(reason));
    }

    private static String get(URI address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                .body();
    }
}
