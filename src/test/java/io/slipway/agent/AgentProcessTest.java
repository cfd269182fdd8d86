package io.slipway.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.agent.AgentProcess.Running;
import io.slipway.agent.ControlClient.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** The agent as real processes: watchdog, agent and services. */
@Timeout(600)
@SuppressWarnings("NullAway.Init")
class AgentProcessTest {

    /** A sample; more with {@code -Dslipway.test.agent-kills=50}. */
    private static final int KILLS = Integer.getInteger("slipway.test.agent-kills", 3);

    @TempDir
    Path data;

    @AfterEach
    void stopEverything() throws IOException {
        AgentProcess.stop(data, true);
    }

    @Test
    void killedAgentLosesNothing() throws Exception {
        Running running = AgentProcess.ensureRunning(data);
        ControlClient control = new ControlClient(data);
        Answer started = control.startAndAwait("shop-1", SampleService.jar("1.0"), "1.0", "k1", 1);
        control.switchRoute("production/shop", "shop-1", "k2", 1);
        long servicePid = started.body().path("pid").asLong();

        kill(running.pid());

        assertThat(Processes.await(() -> answers(control, "1.0"), Duration.ofSeconds(10)))
                .as("traffic answers again within ten seconds")
                .isTrue();
        Running again = AgentProcess.ensureRunning(data);
        assertThat(again.pid()).isNotEqualTo(running.pid());
        assertThat(again.proxyPort()).isEqualTo(running.proxyPort());
        assertThat(control.get("/services/shop-1").body().path("pid").asLong()).isEqualTo(servicePid);
        assertThat(control.get("/routes/production/shop").text("serviceId")).isEqualTo("shop-1");
        assertThat(control.start("shop-1", SampleService.jar("1.0"), "1.0", "k1", 1)
                        .body()
                        .path("pid")
                        .asLong())
                .isEqualTo(servicePid);
        assertThat(journalledKeys()).containsExactly("upload-k1", "k1", "k2");
    }

    @Test
    void agentKilledInTheMiddleOfChangesHasEachEffectOnce() throws Exception {
        AgentProcess.ensureRunning(data);
        ControlClient control = new ControlClient(data);
        byte[] jar = SampleService.jar("1.0");
        String sha256 = SampleService.sha256(jar);
        control.upload(jar, sha256, "u", 1);
        // Kill after growing delays, so that the kills hit different points of placing, starting and journalling.
        for (int i = 0; i < KILLS; i++) {
            int round = i;
            Running running = AgentProcess.ensureRunning(data);
            CompletableFuture<Answer> first = CompletableFuture.supplyAsync(() ->
                    control.put("/services/shop-" + round, ControlClient.startRequest(sha256, "1.0", "k" + round, 1)));
            CompletableFuture.delayedExecutor(round * 20L / KILLS, TimeUnit.MILLISECONDS)
                    .execute(() -> kill(running.pid()));
            try {
                first.join();
            } catch (CompletionException cutOff) {
                assertThat(cutOff).hasCauseInstanceOf(UncheckedIOException.class);
            }
            assertThat(Processes.await(() -> !isAlive(running.pid()), Duration.ofSeconds(5)))
                    .isTrue();
            AgentProcess.ensureRunning(data);

            Answer repeated =
                    control.put("/services/shop-" + round, ControlClient.startRequest(sha256, "1.0", "k" + round, 1));

            assertThat(repeated.status()).as(repeated.toString()).isEqualTo(200);
            assertThat(serviceProcesses("shop-" + round)).isEqualTo(1);
        }
        List<String> expected = new ArrayList<>(List.of("u"));
        for (int i = 0; i < KILLS; i++) {
            expected.add("k" + i);
        }
        assertThat(journalledKeys()).isEqualTo(expected);
    }

    @Test
    void runningAgentIsAdoptedAndItsWatchdogReplaced() throws Exception {
        Running first = AgentProcess.ensureRunning(data);
        assertThat(AgentProcess.ensureRunning(data)).isEqualTo(first);
        long watchdog = watchdogPid();

        kill(watchdog);
        assertThat(Processes.await(() -> !isAlive(watchdog), Duration.ofSeconds(5)))
                .isTrue();
        assertThat(AgentProcess.ensureRunning(data)).isEqualTo(first);

        assertThat(watchdogPid()).isNotEqualTo(watchdog);
        kill(first.pid());
        assertThat(Processes.await(
                        () -> found().filter(now -> now.pid() != first.pid()).isPresent(), Duration.ofSeconds(10)))
                .isTrue();
    }

    @Test
    void stoppingLeavesServicesAliveUnlessAskedOtherwise() throws Exception {
        AgentProcess.ensureRunning(data);
        ControlClient control = new ControlClient(data);
        control.startAndAwait("shop-1", SampleService.jar("1.0"), "1.0", "k1", 1);
        long watchdog = watchdogPid();

        assertThat(Agent.run(new String[] {"--stop", "--data=" + data})).isZero();

        assertThat(isAlive(watchdog)).isFalse();
        assertThat(AgentProcess.find(data)).isEmpty();
        assertThat(serviceProcesses("shop-1")).isEqualTo(1);

        assertThat(Agent.run(new String[] {"--stop", "--services", "--data=" + data}))
                .isZero();
        assertThat(serviceProcesses("shop-1")).isZero();
    }

    @Test
    void nothingRunsOnWhenTheDirectoryIsDeleted() throws Exception {
        Running running = AgentProcess.ensureRunning(data);
        new ControlClient(data).startAndAwait("shop-1", SampleService.jar("1.0"), "1.0", "k1", 1);
        long watchdog = watchdogPid();
        String services = "-Dslipway.agent=" + Files.readString(data.resolve("instance"));

        assertThat(Processes.await(this::deleted, Duration.ofSeconds(10))).isTrue();

        assertThat(Processes.await(
                        () -> !isAlive(watchdog)
                                && !isAlive(running.pid())
                                && Processes.find(List.of(services)).isEmpty(),
                        Duration.ofSeconds(30)))
                .as("watchdog, agent and service have ended")
                .isTrue();
    }

    private boolean deleted() {
        try {
            FileSystemUtils.deleteRecursively(data);
        } catch (IOException beingWritten) {
            return false;
        }
        return Files.notExists(data);
    }

    private boolean answers(ControlClient control, String version) {
        try {
            return control.traffic("/production/shop/version").body().equals(version);
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private java.util.Optional<Running> found() {
        try {
            return AgentProcess.find(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long watchdogPid() throws IOException {
        return DurableFiles.readJson(data.resolve("watchdog.pid"), Processes.Identity.class)
                .orElseThrow()
                .pid();
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    private static boolean isAlive(long pid) {
        return Processes.identify(pid).isPresent();
    }

    private long serviceProcesses(String id) throws IOException {
        String instance = "-Dslipway.agent=" + Files.readString(data.resolve("instance"));
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(AgentProcessTest::isAlive)
                .filter(pid -> Processes.hasArgument(pid, instance))
                .filter(pid -> Processes.hasArgument(pid, "-Dslipway.service=" + id))
                .count();
    }

    private List<String> journalledKeys() throws IOException {
        return Files.readAllLines(data.resolve("journal.jsonl")).stream()
                .map(line -> {
                    try {
                        JsonNode effect = Json.MAPPER.readTree(line);
                        return effect.path("key").asText();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }
}
