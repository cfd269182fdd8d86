package io.slipway.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.agent.AgentServer.Limits;
import io.slipway.agent.ControlClient.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@SuppressWarnings("NullAway.Init")
class AgentServerTest {

    private static final byte[] V1 = SampleService.jar("1.0");
    private static final byte[] V2 = SampleService.jar("2.0");

    @TempDir
    Path data;

    private AgentServer agent;
    private ControlClient control;

    @BeforeEach
    void startAgent() throws IOException {
        agent = AgentServer.start(data, 0, 0, new Limits(1_000_000, 50, 1_000_000));
        control = new ControlClient(data);
    }

    @AfterEach
    void stopAgent() throws IOException {
        agent.shutDownServices();
        agent.close();
    }

    @Test
    void answersHealthWithoutTokenAndNothingElse() {
        assertThat(control.call("GET", "/health", null, null).text("status")).isEqualTo("UP");
        for (String path : List.of(
                "/services/a",
                "/artifacts/" + "a".repeat(64),
                "/routes/a/b",
                "/effects/k",
                "/fences/routes/a/b",
                "/x")) {
            assertThat(control.call("GET", path, null, null).status()).isEqualTo(401);
            assertThat(control.call("GET", path, null, "wrong").status()).isEqualTo(401);
        }
    }

    @Test
    void keepsItsSecretsReadableByItsOwnerOnly() throws IOException {
        control.start("shop-1", V1, "1.0", "k1", 1);
        for (String file : List.of("token", "journal.jsonl", "services/shop-1/service.json")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(file))))
                    .isEqualTo("rw-------");
        }
        assertThat(control.get("/services/shop-1").body().toString()).doesNotContain("hello");
        assertThat(Files.readString(data.resolve("journal.jsonl"))).doesNotContain("hello");
    }

    @Test
    void startsAServiceWithItsEnvironmentAndLeadsTrafficToIt() {
        Answer started = control.startAndAwait("shop-1", V1, "1.0", "k1", 1);
        assertThat(started.text("serviceId")).isEqualTo("shop-1");
        assertThat(started.text("digest")).isEqualTo(started.text("deployedDigest"));

        Answer switched = control.switchRoute("staging/shop", "shop-1", "k2", 1);

        assertThat(switched.text("version")).isEqualTo("1.0");
        assertThat(switched.text("digest")).isEqualTo(started.text("digest"));
        assertThat(control.traffic("/staging/shop/version").body()).isEqualTo("1.0");
        assertThat(control.traffic("/staging/shop/env/GREETING").body()).isEqualTo("hello");
        assertThat(control.traffic("/staging/shop/env/HOST").body()).isEqualTo("127.0.0.1");
        assertThat(control.traffic("/staging/shop").body()).isEqualTo("root of 1.0 below /staging/shop");
        assertThat(control.traffic("/staging/shop/a%2Fb?c=d").body()).isEqualTo("no /a%2Fb?c=d");
        assertThat(control.traffic("/staging/other/version").statusCode()).isEqualTo(404);
        assertThat(control.traffic("/").statusCode()).isEqualTo(404);
    }

    @Test
    void doesNotPassItsOwnEnvironmentOn() {
        assertThat(System.getenv()).containsKey("PATH");
        String foreign = System.getenv().keySet().stream()
                .filter(name -> !Processes.INHERITED.contains(name))
                .findFirst()
                .orElseThrow();
        control.startAndAwait("shop-1", V1, "1.0", "k1", 1);
        control.switchRoute("staging/shop", "shop-1", "k2", 1);

        assertThat(control.traffic("/staging/shop/env/" + foreign).body()).isEqualTo("null");
        assertThat(control.traffic("/staging/shop/env/PATH").body()).isNotEqualTo("null");
    }

    @Test
    void sameKeyGivesTheSameAnswerAndOneProcess() throws IOException {
        Answer first = control.start("shop-1", V1, "1.0", "k1", 3);
        Answer again =
                control.put("/services/shop-1", ControlClient.startRequest(SampleService.sha256(V1), "1.0", "k1", 3));
        Answer underNewerFence =
                control.put("/services/shop-1", ControlClient.startRequest(SampleService.sha256(V1), "1.0", "k1", 4));

        assertThat(again).isEqualTo(first);
        assertThat(underNewerFence).isEqualTo(first);
        assertThat(journalledKeys()).containsExactly("upload-k1", "k1");
        assertThat(control.upload(V2, SampleService.sha256(V2), "k2", 3))
                .as("the repeated key raised the fence")
                .satisfies(refused(409, "stale-fence"));
    }

    @Test
    void sameContentUnderAnotherKeyLeavesTheRunningServiceAlone() {
        Answer first = control.start("shop-1", V1, "1.0", "k1", 1);
        Answer second = control.start("shop-1", V1, "1.0", "k2", 1);

        assertThat(second.text("pid")).isEqualTo(first.text("pid"));
    }

    @Test
    void otherRequestUnderAUsedKeyIsRefused() {
        control.start("shop-1", V1, "1.0", "k1", 1);
        Map<String, Object> other = new HashMap<>(ControlClient.startRequest(SampleService.sha256(V1), "1.1", "k1", 1));

        assertThat(control.put("/services/shop-1", other)).satisfies(refused(422, "key-reused"));
        assertThat(control.put(
                        "/services/shop-9", ControlClient.startRequest(SampleService.sha256(V1), "1.0", "k1", 1)))
                .satisfies(refused(422, "key-reused"));
        assertThat(control.switchRoute("staging/shop", "shop-1", "k1", 1)).satisfies(refused(422, "key-reused"));
    }

    @Test
    void lowerFenceIsRefusedForItsTargetAndItsRouteOnly() throws IOException {
        control.startAndAwait("shop-1", V1, "1.0", "k1", 7);

        assertThat(control.upload(V2, SampleService.sha256(V2), "k2", 6)).satisfies(refused(409, "stale-fence"));
        assertThat(control.call("DELETE", "/services/shop-1?key=k3&fence=6&target=host-1", null))
                .satisfies(refused(409, "stale-fence"));
        assertThat(control.switchRoute("staging/shop", "shop-1", "k4", 5).status())
                .isEqualTo(200);
        assertThat(control.switchRoute("staging/shop", "shop-1", "k5", 4)).satisfies(refused(409, "stale-fence"));
        assertThat(Files.readString(data.resolve("targets/host-1/epoch"))).isEqualTo("7");
        assertThat(Files.readString(data.resolve("routes/staging/shop/epoch"))).isEqualTo("5");
        assertThat(control.call("PUT", "/fences/routes/staging/shop?fence=4", null)
                        .body()
                        .path("fence")
                        .asLong())
                .as("a fence is never lowered")
                .isEqualTo(5);
        assertThat(control.call("PUT", "/fences/targets/host-1?fence=9", null).status())
                .isEqualTo(200);
        assertThat(control.upload(V2, SampleService.sha256(V2), "k6", 8)).satisfies(refused(409, "stale-fence"));
        assertThat(journalledKeys()).containsExactly("upload-k1", "k1", "k4");
    }

    @Test
    void simultaneousRequestsUnderOneKeyStartOneProcess() throws IOException {
        String sha256 = SampleService.sha256(V1);
        control.upload(V1, sha256, "u", 1);
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            answers.add(CompletableFuture.supplyAsync(
                    () -> control.put("/services/shop-1", ControlClient.startRequest(sha256, "1.0", "k1", 1))));
        }
        List<Integer> statuses =
                answers.stream().map(answer -> answer.join().status()).toList();

        assertThat(statuses).contains(200).isSubsetOf(200, 409);
        assertThat(journalledKeys()).containsExactly("u", "k1");
        assertThat(ProcessHandle.current()
                        .children()
                        .filter(child -> Processes.hasArgument(child.pid(), "-Dslipway.service=shop-1"))
                        .count())
                .isEqualTo(1);
    }

    @Test
    void contentWithAnotherDigestIsRefusedAndNotKept() throws IOException {
        String announced = SampleService.sha256(V2);

        assertThat(control.upload(V1, announced, "k1", 1)).satisfies(refused(422, "digest-mismatch"));
        assertThat(control.get("/artifacts/" + announced).status()).isEqualTo(404);
        assertThat(control.get("/effects/k1").status()).isEqualTo(404);
        assertThat(control.upload(V2, announced, "k1", 1).body().path("bytes").asInt())
                .isEqualTo(V2.length);
        assertThat(control.get("/artifacts/" + announced).body().path("bytes").asInt())
                .isEqualTo(V2.length);
        assertThat(control.get("/effects/k1").text("operation")).isEqualTo("STORE_ARTIFACT");
    }

    @Test
    void artifactChangedOnTheDiskIsNotStarted() throws IOException {
        String sha256 = SampleService.sha256(V1);
        control.upload(V1, sha256, "u", 1);
        Files.write(data.resolve("artifacts").resolve(sha256), V2);

        assertThat(control.put("/services/shop-1", ControlClient.startRequest(sha256, "1.0", "k1", 1)))
                .satisfies(refused(422, "digest-mismatch"));
        assertThat(control.get("/services/shop-1").status()).isEqualTo(404);
    }

    @Test
    void filesChangedAfterTheStartShowInTheDigest() throws IOException {
        Answer started = control.start("shop-1", V1, "1.0", "k1", 1);
        Files.writeString(data.resolve("services/shop-1/files/added.txt"), "added");

        Answer now = control.get("/services/shop-1");
        assertThat(now.text("deployedDigest")).isEqualTo(started.text("digest"));
        assertThat(now.text("digest")).isNotEqualTo(started.text("digest"));
    }

    @Test
    void tooLargeRequestsAreRefused() {
        byte[] large = new byte[1_000_001];
        assertThat(control.upload(large, SampleService.sha256(large), "k1", 1)).satisfies(refused(413, "too-large"));
        Map<String, Object> request = new HashMap<>(ControlClient.startRequest("a".repeat(64), "1.0", "k1", 1));
        request.put("environment", Map.of("A", "x".repeat(300_000)));
        assertThat(control.put("/services/shop-1", request)).satisfies(refused(413, "too-large"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "null",
                "[]",
                "{\"key\":\"k\",\"fence\":1,\"surprise\":true}",
                "{\"key\":\"k\",\"key\":\"l\",\"fence\":1}",
                "{\"key\":\"k\"}",
                "{\"key\":\"../k\",\"fence\":1,\"serviceId\":\"a\"}",
                "{\"key\":\"k\",\"fence\":0,\"serviceId\":\"a\"}",
                "{\"key\":\"k\",\"fence\":1,\"serviceId\":\"../a\"}"
            })
    void requestsThatDoNotFitAreRefused(String body) {
        assertThat(control.call("PUT", "/routes/staging/shop", body.getBytes(StandardCharsets.UTF_8)))
                .satisfies(refused(400, "invalid-request"));
    }

    @Test
    void namesThatLeaveTheDirectoryAreRefused() {
        String sha256 = SampleService.sha256(V1);
        control.upload(V1, sha256, "u", 1);
        for (String name : List.of("../x.jar", "/x.jar", "a/../../x.jar", "a//b", "./x", "a\\b", "")) {
            Map<String, Object> request = new HashMap<>(ControlClient.startRequest(sha256, "1.0", "k1", 1));
            request.put("artifacts", List.of(Map.of("name", name, "sha256", sha256)));
            assertThat(control.put("/services/shop-1", request)).satisfies(refused(400, "invalid-request"));
        }
        Map<String, Object> main = new HashMap<>(ControlClient.startRequest(sha256, "1.0", "k1", 1));
        main.put("start", Map.of("mainJar", "../../../artifacts/" + sha256));
        assertThat(control.put("/services/shop-1", main)).satisfies(refused(400, "invalid-request"));
        assertThat(control.call("GET", "/services/..%2F..%2Ftoken", null).status())
                .isEqualTo(400);
        assertThat(control.call("PUT", "/routes/..%2F../x", new byte[0]).status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "a/../../evil", "/etc/evil", "a\\evil", "C:evil", "./evil"})
    void archivesThatLeaveTheDirectoryAreRefused(String entry) throws IOException {
        assertThat(startArchive(zip(Map.of("app.jar", V1, entry, new byte[] {1}))))
                .satisfies(refused(422, "unsafe-package"));
        assertThat(control.get("/services/shop-1").status()).isEqualTo(404);
    }

    @Test
    void archivesWithLinksTooManyEntriesOrTooMuchContentAreRefused() throws IOException {
        byte[] link = zip(Map.of("app.jar", V1));
        int header = indexOf(link, new byte[] {'P', 'K', 1, 2});
        link[header + 5] = 3;
        link[header + 38 + 3] = (byte) 0xA1;
        assertThat(startArchive(link)).satisfies(refused(422, "unsafe-package"));

        Map<String, byte[]> many = new HashMap<>();
        for (int i = 0; i < 51; i++) {
            many.put("file" + i, new byte[0]);
        }
        assertThat(startArchive(zip(many))).satisfies(refused(413, "too-large"));
        assertThat(startArchive(zip(Map.of("zeros", new byte[1_000_001])))).satisfies(refused(413, "too-large"));
        assertThat(startArchive("no archive".getBytes(StandardCharsets.UTF_8)))
                .satisfies(refused(422, "unsafe-package"));
        assertThat(Files.exists(data.resolve("services/shop-1"))).isFalse();
        try (var left = Files.list(data.resolve("tmp"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void unpackedArchiveRuns() throws IOException {
        byte[] archive = zip(Map.of("lib/app.jar", V1, "conf/app.properties", new byte[] {'a'}));
        String sha256 = SampleService.sha256(archive);
        control.upload(archive, sha256, "u", 1);
        Map<String, Object> request = new HashMap<>(ControlClient.startRequest(sha256, "1.0", "k1", 1));
        request.put("artifacts", List.of(Map.of("name", "app.zip", "sha256", sha256, "unpack", true)));
        request.put("start", Map.of("mainJar", "lib/app.jar", "jvmOptions", SampleService.JVM_OPTIONS));

        assertThat(control.put("/services/shop-1", request).status()).isEqualTo(200);
        assertThat(ControlClient.await(
                        () -> control.get("/services/shop-1").text("state").equals("RUNNING")))
                .isTrue();
    }

    @Test
    void trafficIsNotLedToAServiceThatDoesNotRun() {
        String sha256 = SampleService.sha256(V1);
        control.upload(V1, sha256, "u", 1);
        Map<String, Object> request = new HashMap<>(ControlClient.startRequest(sha256, "1.0", "k1", 1));
        request.put("environment", Map.of("FAIL", "true"));
        control.put("/services/shop-1", request);

        assertThat(ControlClient.await(
                        () -> control.get("/services/shop-1").text("state").equals("DEAD")))
                .isTrue();
        assertThat(control.switchRoute("staging/shop", "shop-1", "k2", 1)).satisfies(refused(409, "conflict"));
        assertThat(control.switchRoute("staging/shop", "nobody", "k2", 1)).satisfies(refused(409, "conflict"));
        assertThat(control.get("/routes/staging/shop").status()).isEqualTo(404);
    }

    @Test
    void aServiceThatServesIsNotStoppedAndRequestsUnderWayEndBeforeAStop() throws Exception {
        control.startAndAwait("shop-1", V1, "1.0", "k1", 1);
        control.startAndAwait("shop-2", V2, "2.0", "k2", 1);
        control.switchRoute("staging/shop", "shop-1", "k3", 1);
        assertThat(control.call("DELETE", "/services/shop-1?key=k4&fence=1&target=host-1", null))
                .satisfies(refused(409, "conflict"));

        CompletableFuture<String> slow = CompletableFuture.supplyAsync(
                () -> control.traffic("/staging/shop/slow").body());
        assertThat(ControlClient.await(() -> agentConnectionsTo("shop-1") > 0)).isTrue();
        Answer switched = control.switchRoute("staging/shop", "shop-2", "k5", 1);
        assertThat(switched.text("previous")).isEqualTo("shop-1");
        assertThat(switched.text("previousVersion")).isEqualTo("1.0");
        Answer stopped = control.call("DELETE", "/services/shop-1?key=k4&fence=1&target=host-1", null);

        assertThat(stopped.text("state")).isEqualTo("STOPPED");
        assertThat(slow.get(5, TimeUnit.SECONDS)).isEqualTo("1.0");
        assertThat(control.traffic("/staging/shop/version").body()).isEqualTo("2.0");
        assertThat(control.call("DELETE", "/services/shop-1?key=k4&fence=1&target=host-1", null))
                .isEqualTo(stopped);
        assertThat(control.call("DELETE", "/services/shop-1?key=k6&fence=1&target=host-1", null)
                        .text("state"))
                .isEqualTo("STOPPED");
        assertThat(control.call("DELETE", "/services/nobody?key=k7&fence=1&target=host-1", null)
                        .text("state"))
                .isEqualTo("ABSENT");
    }

    /** Requests under way as the kernel sees them: connections to the service's port. */
    private int agentConnectionsTo(String serviceId) {
        String port = String.format(
                java.util.Locale.ROOT,
                ":%04X",
                control.get("/services/" + serviceId).body().path("port").asInt());
        try {
            int connections = 0;
            for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
                if (Files.exists(Path.of(table))) {
                    connections += (int) Files.readAllLines(Path.of(table)).stream()
                            .map(line -> line.strip().split("\\s+"))
                            .filter(fields -> fields.length > 3 && fields[2].endsWith(port) && fields[3].equals("01"))
                            .count();
                }
            }
            return connections;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aStoppedServiceStartsAgainUnderANewKey() {
        control.startAndAwait("shop-1", V1, "1.0", "k1", 1);
        control.call("DELETE", "/services/shop-1?key=k2&fence=1&target=host-1", null);

        control.startAndAwait("shop-1", V1, "1.0", "k3", 1);

        assertThat(control.switchRoute("staging/shop", "shop-1", "k4", 1).status())
                .isEqualTo(200);
    }

    @Test
    void aDeadServiceBehindARouteServesAgainAfterANewStart() {
        control.startAndAwait("shop-1", V1, "1.0", "k1", 1);
        control.switchRoute("staging/shop", "shop-1", "k2", 1);
        ProcessHandle.of(control.get("/services/shop-1").body().path("pid").asLong())
                .orElseThrow()
                .destroyForcibly();
        assertThat(ControlClient.await(
                        () -> control.get("/services/shop-1").text("state").equals("DEAD")))
                .isTrue();
        assertThat(control.traffic("/staging/shop/version").statusCode()).isEqualTo(503);

        control.startAndAwait("shop-1", V1, "1.0", "k3", 1);

        assertThat(control.traffic("/staging/shop/version").body()).isEqualTo("1.0");
    }

    @Test
    void aRemovedRouteLeadsNowhere() {
        control.startAndAwait("shop-1", V1, "1.0", "k1", 1);
        control.switchRoute("staging/shop", "shop-1", "k2", 1);

        assertThat(control.call("DELETE", "/routes/staging/shop?key=k3&fence=1", null)
                        .status())
                .isEqualTo(200);

        assertThat(control.get("/routes/staging/shop").status()).isEqualTo(404);
        assertThat(control.traffic("/staging/shop/version").statusCode()).isEqualTo(404);
        assertThat(control.call("DELETE", "/services/shop-1?key=k4&fence=1&target=host-1", null)
                        .text("state"))
                .isEqualTo("STOPPED");
    }

    @Test
    void theNextAgentAdoptsServicesRoutesPortsAndJournal() throws IOException {
        Answer started = control.startAndAwait("shop-1", V1, "1.0", "k1", 1);
        control.switchRoute("staging/shop", "shop-1", "k2", 1);
        int proxyPort = agent.proxyPort();
        String token = agent.token();

        agent.close();
        assertThatThrownBy(() -> control.traffic("/staging/shop/version")).hasCauseInstanceOf(IOException.class);
        agent = AgentServer.start(data, 0, 0);

        assertThat(agent.proxyPort()).isEqualTo(proxyPort);
        assertThat(agent.token()).isEqualTo(token);
        assertThat(control.get("/services/shop-1").text("pid")).isEqualTo(started.text("pid"));
        assertThat(control.get("/services/shop-1").text("state")).isEqualTo("RUNNING");
        assertThat(control.traffic("/staging/shop/version").body()).isEqualTo("1.0");
        assertThat(control.start("shop-1", V1, "1.0", "k1", 1)).isEqualTo(started);
        assertThat(control.upload(V2, SampleService.sha256(V2), "k9", 1).status())
                .isEqualTo(200);
    }

    @Test
    void servicesThatEndedWithTheMachineAreStartedAgainWhenARouteNeedsThem() throws IOException {
        control.startAndAwait("shop-1", V1, "1.0", "k1", 1);
        control.startAndAwait("shop-2", V2, "2.0", "k2", 1);
        control.switchRoute("staging/shop", "shop-1", "k3", 1);
        agent.close();
        agent.shutDownServices();

        agent = AgentServer.start(data, 0, 0);

        assertThat(ControlClient.await(
                        () -> control.get("/services/shop-1").text("state").equals("RUNNING")))
                .isTrue();
        assertThat(control.traffic("/staging/shop/version").body()).isEqualTo("1.0");
        assertThat(control.get("/services/shop-2").text("state")).isEqualTo("DEAD");
    }

    @Test
    void whatAKilledAgentDidButDidNotJournalIsCompleted() throws IOException {
        Answer started = control.startAndAwait("shop-1", V1, "1.0", "k1", 1);
        control.switchRoute("staging/shop", "shop-1", "k2", 1);
        agent.close();
        Path journal = data.resolve("journal.jsonl");
        List<String> lines = Files.readAllLines(journal);
        Files.writeString(journal, lines.get(0) + "\n");
        Path record = data.resolve("services/shop-1/service.json");
        String noted = Files.readString(record);
        String beforeTheStartWasNoted = noted.replaceFirst("\"phase\":\"STARTED\"", "\"phase\":\"STARTING\"")
                .replaceFirst("\"process\":\\{[^}]*\\}", "\"process\":null");
        assertThat(beforeTheStartWasNoted).isNotEqualTo(noted);
        Files.writeString(record, beforeTheStartWasNoted);

        agent = AgentServer.start(data, 0, 0);

        assertThat(journalledKeys()).containsExactly("upload-k1", "k1", "k2");
        assertThat(control.get("/services/shop-1").text("pid")).isEqualTo(started.text("pid"));
        assertThat(control.get("/effects/k2").text("subject")).isEqualTo("staging/shop");
        assertThat(control.start("shop-1", V1, "1.0", "k1", 1).text("pid")).isEqualTo(started.text("pid"));
    }

    @Test
    void aStopThatAKilledAgentBeganIsFinished() throws IOException {
        Answer started = control.startAndAwait("shop-1", V1, "1.0", "k1", 1);
        agent.close();
        Path record = data.resolve("services/shop-1/service.json");
        Files.writeString(
                record,
                Files.readString(record)
                        .replace("\"phase\":\"STARTED\"", "\"phase\":\"STOPPING\"")
                        .replace("\"key\":\"k1\"", "\"key\":\"k2\"")
                        .replace("START_SERVICE", "STOP_SERVICE"));

        agent = AgentServer.start(data, 0, 0);

        assertThat(control.get("/services/shop-1").text("state")).isEqualTo("STOPPED");
        assertThat(Processes.identify(started.body().path("pid").asLong())).isEmpty();
        assertThat(control.get("/effects/k2").text("operation")).isEqualTo("STOP_SERVICE");
    }

    @Test
    void twoAgentsDoNotShareADirectory() {
        assertThatThrownBy(() -> AgentServer.start(data, 0, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("already runs");
    }

    private Answer startArchive(byte[] archive) {
        String sha256 = SampleService.sha256(archive);
        control.upload(archive, sha256, "u" + sha256, 1);
        Map<String, Object> request = new HashMap<>(ControlClient.startRequest(sha256, "1.0", "k" + sha256, 1));
        request.put("artifacts", List.of(Map.of("name", "app.zip", "sha256", sha256, "unpack", true)));
        return control.put("/services/shop-1", request);
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static int indexOf(byte[] content, byte[] searched) {
        for (int i = content.length - searched.length; i >= 0; i--) {
            if (java.util.Arrays.equals(content, i, i + searched.length, searched, 0, searched.length)) {
                return i;
            }
        }
        throw new IllegalArgumentException("not found");
    }

    private List<String> journalledKeys() throws IOException {
        List<String> keys = new ArrayList<>();
        for (String line : Files.readAllLines(data.resolve("journal.jsonl"))) {
            JsonNode effect = Json.MAPPER.readTree(line);
            keys.add(effect.path("key").asText());
        }
        return keys;
    }

    private static java.util.function.Consumer<Answer> refused(int status, String kind) {
        return answer -> {
            assertThat(answer.text("type")).as(answer.toString()).isEqualTo("urn:slipway:agent:" + kind);
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.body().path("status").asInt()).isEqualTo(status);
            assertThat(answer.text("detail")).isNotEmpty();
        };
    }
}
