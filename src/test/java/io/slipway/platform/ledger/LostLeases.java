package io.slipway.platform.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.agent.AgentProcess;
import io.slipway.platform.ledger.StaleWorker.Place;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.tools.Server;

/**
 * A ledger on a server and a real agent, and workers that sleep through their leases of two seconds while another takes over what they
 * had begun. However a case is drawn, whoever slept is refused, and everything happened once.
 */
final class LostLeases implements AutoCloseable {

    /** What the other worker does with what it finds. */
    private enum Takeover {
        DOES_IT,
        SETTLES_IT,
        SETTLES_IT_AND_DOES_THE_NEXT,
        DOES_IT_AND_TAKES_IT_BACK
    }

    private final Path data;
    private final Server server;
    private final String url;
    private final JdbcConnectionPool database;
    private final AgentRoutes agent;
    private final int port;

    LostLeases(Path data) throws Exception {
        this.data = data;
        this.server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
        this.url = "jdbc:h2:tcp://localhost:" + server.getPort() + "/mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        this.database = JdbcConnectionPool.create(url, "sa", "");
        database.setMaxConnections(60);
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration")
                .placeholders(Map.of("tableOptions", ""))
                .load()
                .migrate();
        AgentProcess.Running running = AgentProcess.ensureRunning(data);
        this.port = running.port();
        this.agent = new AgentRoutes(data, port);
    }

    /**
     * One case.
     *
     * @param seed decides where the worker sleeps and what the other one does meanwhile
     * @param process whether it is a process that is stopped and continued by signals, or a thread
     * @return what it was and how the sleeper was refused
     */
    String lose(long seed, boolean process) throws Exception {
        Random random = new Random(seed);
        // Neighbouring seeds begin alike.
        random.nextInt();
        Place place = drawn(List.of(Place.values()), random);
        Takeover takeover = drawn(List.of(Takeover.values()), random);
        String system = "s" + seed + (process ? "p" : "t");
        String key = system + "/takeAway";
        AtomicInteger recordedHere = new AtomicInteger();
        Sleeper sleeper = process ? new StoppedProcess(key, system, place) : new PausedThread(key, system, place);
        sleeper.fallAsleep();
        Thread.sleep(StaleWorker.SETTINGS.lease().plusMillis(50).toMillis());
        LedgerEntry left = takeOver(takeover, key, system, recordedHere);
        String end = sleeper.wakeUp();

        String what = seed + " " + place + ", the other " + takeover + ", " + (process ? "SIGSTOP" : "thread") + ": ";
        assertThat(end).as(what).isIn("EffectBusy", "EffectRefused");
        LedgerEntry now = StaleWorker.node(database).find(key).orElseThrow();
        assertThat(now)
                .as(what + "what the other left")
                .usingRecursiveComparison()
                .isEqualTo(left);
        assertThat(sleeper.recorded()).as(what + "recorded by the sleeper").isZero();
        boolean never = place == Place.BEFORE_IT_SENDS
                && (takeover == Takeover.SETTLES_IT || takeover == Takeover.SETTLES_IT_AND_DOES_THE_NEXT);
        assertThat(recordedHere.get()).as(what + "recorded").isEqualTo(never ? 0 : 1);
        List<String> journal = agent.journal();
        assertThat(journal.stream().filter(line -> line.contains("\"" + key + "\"")))
                .as(what + "in the agent's journal")
                .hasSize(never ? 0 : 1);
        return what + end;
    }

    private static <T> T drawn(List<T> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }

    private LedgerEntry takeOver(Takeover takeover, String key, String system, AtomicInteger recorded) {
        EffectLedger other = StaleWorker.node(database);
        Effect effect = agent.taking(system, () -> {}, () -> {}, recorded::incrementAndGet);
        Effect silent = agent.taking(system, () -> {}, () -> {}, () -> {});
        EffectRequest request = StaleWorker.request(key, system);
        switch (takeover) {
            case DOES_IT -> other.perform(request, () -> {}, effect);
            case SETTLES_IT -> other.settle(key, effect);
            case SETTLES_IT_AND_DOES_THE_NEXT -> {
                other.settle(key, effect);
                other.perform(StaleWorker.request(system + "/next", system), () -> {}, silent);
            }
            case DOES_IT_AND_TAKES_IT_BACK -> {
                other.perform(request, () -> {}, effect);
                other.undo(key, () -> {}, silent);
            }
        }
        return other.find(key).orElseThrow();
    }

    /** A worker that holds a lease and can be made to sleep. */
    private interface Sleeper {

        void fallAsleep() throws Exception;

        /** Goes on and says how it ended. */
        String wakeUp() throws Exception;

        int recorded();
    }

    private final class PausedThread implements Sleeper {

        private final CountDownLatch asleep = new CountDownLatch(1);
        private final CountDownLatch awake = new CountDownLatch(1);
        private final AtomicInteger recorded = new AtomicInteger();
        private final CompletableFuture<String> end = new CompletableFuture<>();
        private final Thread thread;

        PausedThread(String key, String system, Place place) {
            Effect effect = agent.taking(
                    system,
                    () -> sleepAt(place == Place.BEFORE_IT_SENDS),
                    () -> sleepAt(place == Place.AFTER_IT_HAS_SENT),
                    recorded::incrementAndGet);
            thread = new Thread(() -> {
                try {
                    end.complete(StaleWorker.node(database)
                            .perform(StaleWorker.request(key, system), () -> {}, effect)
                            .toString());
                } catch (EffectBusy | EffectRefused refused) {
                    end.complete(refused.getClass().getSimpleName());
                } catch (RuntimeException e) {
                    end.completeExceptionally(e);
                }
            });
        }

        private void sleepAt(boolean here) {
            if (here) {
                asleep.countDown();
                try {
                    awake.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException(e);
                }
            }
        }

        @Override
        public void fallAsleep() throws InterruptedException {
            thread.start();
            assertThat(asleep.await(20, TimeUnit.SECONDS)).isTrue();
        }

        @Override
        public String wakeUp() throws Exception {
            awake.countDown();
            return end.get(20, TimeUnit.SECONDS);
        }

        @Override
        public int recorded() {
            return recorded.get();
        }
    }

    private final class StoppedProcess implements Sleeper {

        private final Process process;
        private final BufferedReader says;
        private int recorded;

        StoppedProcess(String key, String system, Place place) throws IOException {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Duser.timezone=UTC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            StaleWorker.class.getName(),
                            url,
                            data.toString(),
                            String.valueOf(port),
                            key,
                            system,
                            place.name())
                    .redirectErrorStream(true)
                    .start();
            says = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        }

        @Override
        public void fallAsleep() throws Exception {
            await(StaleWorker.HERE);
            signal("STOP");
            // It waits for this; stopped as it is, it does not hear it yet.
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        }

        @Override
        public String wakeUp() throws Exception {
            signal("CONT");
            return await(StaleWorker.ENDED).substring(StaleWorker.ENDED.length());
        }

        private String await(String beginning) {
            StringBuilder heard = new StringBuilder();
            try {
                for (String line = says.readLine(); line != null; line = says.readLine()) {
                    if (line.equals("RECORDED")) {
                        recorded++;
                    }
                    if (line.startsWith(beginning)) {
                        return line;
                    }
                    heard.append(line).append('\n');
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            throw new AssertionError("The worker ended without " + beginning + ": " + heard);
        }

        private void signal(String name) throws IOException, InterruptedException {
            int code = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            assertThat(code).as("kill -" + name).isZero();
        }

        @Override
        public int recorded() {
            return recorded;
        }
    }

    @Override
    public void close() throws IOException {
        AgentProcess.stop(data, true);
        database.dispose();
        server.stop();
    }
}
