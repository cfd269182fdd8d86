package io.slipway.testing;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.env.Environment;

/** A second node, a process of its own, on the database, the store and the agent of a program that runs in this one. */
public final class OtherNode implements AutoCloseable {

    /** What both have to agree on. */
    private static final List<String> SHARED = List.of(
            "slipway.data",
            "slipway.mysql.host",
            "slipway.mysql.port",
            "slipway.mysql.schema",
            "spring.datasource.username",
            "spring.datasource.password",
            "spring.flyway.user",
            "spring.flyway.password",
            "spring.jpa.database-platform",
            "spring.jpa.properties.hibernate.boot.allow_jdbc_metadata_access",
            "camunda.bpm.job-execution.lock-time-in-millis",
            "slipway.ledger.lease",
            "slipway.ledger.limit",
            "slipway.workers.lease",
            "slipway.node.heartbeat",
            "slipway.node.silence",
            "slipway.node.turn");

    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final Path log;
    private final int port;

    private OtherNode(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /**
     * Starts it and waits until it has begun to work.
     *
     * @param other directories whose models count instead of those of the same names, as in another version of the program
     */
    public static OtherNode start(String name, Environment first, Map<String, String> settings, Path... other)
            throws IOException, InterruptedException {
        Path log = Path.of(first.getRequiredProperty("slipway.data"), name + ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx640m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Duser.timezone=UTC",
                "-cp",
                Stream.concat(
                                Arrays.stream(System.getProperty("java.class.path")
                                                .split(File.pathSeparator))
                                        .filter(entry -> !entry.endsWith("test-classes"))
                                        .map(entry ->
                                                Path.of(entry).toAbsolutePath().toString()),
                                Arrays.stream(other)
                                        .map(path -> path.toAbsolutePath().toString()))
                        .collect(Collectors.joining(File.pathSeparator)),
                "io.slipway.Slipway",
                "--spring.profiles.active=demo,mysql",
                "--server.port=0",
                "--logging.level.org.springframework.boot.web.embedded.tomcat=INFO",
                "--slipway.node.name=" + name));
        for (String key : SHARED) {
            if (first.containsProperty(key)) {
                command.add("--" + key + "=" + first.getProperty(key));
            }
        }
        settings.forEach((key, value) -> command.add("--" + key + "=" + value));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        OtherNode node = new OtherNode(process, log, awaitPort(process, log));
        node.await("The demo of Slipway is ready");
        return node;
    }

    private static int awaitPort(Process process, Path log) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Matcher told = PORT.matcher(Files.readString(log, StandardCharsets.UTF_8));
            if (told.find()) {
                return Integer.parseInt(told.group(1));
            }
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new IOException("The other node did not start: " + Files.readString(log, StandardCharsets.UTF_8));
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private void await(String line) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!log().contains(line)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new IOException("The other node never said '" + line + "': " + log());
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** What it has written. */
    public String log() throws IOException {
        return Files.readString(log, StandardCharsets.UTF_8);
    }

    /** Sends it a signal by its number in words, such as STOP or CONT. */
    public void signal(String signal) throws IOException, InterruptedException {
        int sent = new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (sent != 0) {
            throw new IOException("The signal " + signal + " did not reach the other node");
        }
    }

    /** Ends it as a power failure would. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks it to end and waits until it has. */
    public Duration stop() throws InterruptedException {
        long began = System.nanoTime();
        process.destroy();
        process.waitFor();
        return Duration.ofNanos(System.nanoTime() - began);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
