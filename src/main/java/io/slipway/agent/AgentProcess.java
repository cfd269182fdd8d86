package io.slipway.agent;

import io.slipway.agent.Home.Ports;
import io.slipway.agent.Processes.Identity;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The agent as a process of its own, seen from the program that needs it: started under its watchdog when none runs, adopted when
 * one does, stopped on request. It outlives whoever started it.
 */
public final class AgentProcess {

    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration STOP = Duration.ofSeconds(8);
    private static final String MAIN = "io.slipway.Slipway";
    private static final String JAR_LAUNCHER = "org.springframework.boot.loader.launch.JarLauncher";

    /**
     * An agent that answers.
     *
     * @param port of the control API
     * @param proxyPort of the traffic proxy
     * @param pid of the agent's process
     */
    public record Running(int port, int proxyPort, long pid) {}

    private AgentProcess() {}

    /**
     * Makes sure that an agent with its watchdog runs on the data directory and answers.
     *
     * @throws IllegalStateException when it does not answer within 30 s; the message ends with the end of its log
     * @throws IOException when the directory cannot be written or no process can be started
     */
    public static synchronized Running ensureRunning(Path dataDirectory) throws IOException {
        Home home = new Home(dataDirectory);
        Optional<Running> present = find(dataDirectory);
        if (present.isPresent() && isWatched(home)) {
            return present.get();
        }
        if (!isWatched(home)) {
            DurableFiles.createPrivateDirectories(home.root());
            launch(home, "-Xmx32m", home.watchdogLog(), List.of("--watch"));
        }
        long deadline = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < deadline) {
            present = find(dataDirectory);
            if (present.isPresent() && isWatched(home)) {
                return present.get();
            }
            pause();
        }
        throw new IllegalStateException("The agent on " + home.root() + " does not answer:\n"
                + Home.tail(home.watchdogLog(), 1_000) + Home.tail(home.agentLog(), 3_000));
    }

    /** The agent that runs on the data directory and answers, if there is one. */
    public static Optional<Running> find(Path dataDirectory) throws IOException {
        Home home = new Home(dataDirectory);
        Optional<Ports> ports = home.ports();
        Optional<String> instance = home.instance();
        Optional<Identity> process = living(home.agentPid());
        if (ports.isEmpty() || instance.isEmpty() || process.isEmpty()) {
            return Optional.empty();
        }
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + ports.get().control() + "/health"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            HttpResponse<String> response = HttpClient.newBuilder()
                    .connectTimeout(Duration.ofSeconds(1))
                    .build()
                    .send(request, HttpResponse.BodyHandlers.ofString());
            // Another process may have got the port: only the agent of this directory knows its instance.
            return response.statusCode() == 200 && response.body().contains(instance.get())
                    ? Optional.of(new Running(
                            ports.get().control(),
                            ports.get().proxy(),
                            process.get().pid()))
                    : Optional.empty();
        } catch (IOException silent) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /**
     * Stops watchdog and agent; the service processes live on.
     *
     * @throws IOException when the directory cannot be read
     */
    public static void stop(Path dataDirectory) throws IOException {
        stop(dataDirectory, false);
    }

    /**
     * Stops watchdog and agent.
     *
     * @param services whether the service processes end as well; the next agent starts those again that a route leads to
     * @throws IOException when the directory cannot be read
     */
    public static void stop(Path dataDirectory, boolean services) throws IOException {
        Home home = new Home(dataDirectory);
        // The watchdog first: it would start the agent again. What it was just starting is found by its mark.
        for (Path pidFile : List.of(home.watchdogPid(), home.agentPid())) {
            Optional<Identity> process = living(pidFile);
            if (process.isPresent()) {
                end(process.get());
            }
        }
        List<String> mark = List.of(mark(home));
        for (Optional<Identity> left = Processes.find(mark); left.isPresent(); left = Processes.find(mark)) {
            end(left.get());
        }
        if (services) {
            Services.shutDown(home);
        }
    }

    private static void end(Identity process) {
        if (process.pid() == ProcessHandle.current().pid()) {
            throw new IllegalStateException("The agent runs inside this process, which does not end itself");
        }
        Processes.stop(process, STOP);
    }

    private static boolean isWatched(Home home) throws IOException {
        return living(home.watchdogPid()).isPresent();
    }

    /** The argument by which watchdog and agent of a directory are recognised among all processes. */
    static String mark(Home home) {
        return "-Dslipway.agent.home=" + home.root();
    }

    static Optional<Identity> living(Path pidFile) throws IOException {
        return DurableFiles.readJson(pidFile, Identity.class).filter(Identity::alive);
    }

    static void writeIdentity(Path file, Identity identity) throws IOException {
        // Not through the agent's scratch directory, which the agent empties when it starts.
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.write(unfinished, Json.bytes(identity));
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    static Identity launch(Home home, String heap, Path log, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Processes.java().toString(), mark(home), heap, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
        if (isOnClassPath(JAR_LAUNCHER)) {
            command.addAll(List.of(absolute(classPath()), JAR_LAUNCHER));
        } else {
            command.addAll(List.of(absolute(withOwnCopy(home, classPath())), MAIN));
        }
        command.addAll(List.of("agent", "--data=" + home.root()));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(home.root().toFile());
        // The starter's environment may hold its passwords; neither agent nor services need them.
        builder.environment().keySet().retainAll(Processes.INHERITED);
        return Processes.startDetached(builder, log);
    }

    /** In a jar of Spring Boot's layout, and in its extracted layers, the launcher alone is on the class path. */
    private static boolean isOnClassPath(String name) {
        try {
            Class.forName(name, false, ClassLoader.getSystemClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static List<Path> classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .toList();
    }

    private static String absolute(List<Path> classPath) {
        return classPath.stream()
                .map(entry -> entry.toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /**
     * Replaces directories of compiled classes by a copy of what the agent needs of them: a build may clean and rewrite them while
     * the agent, which outlives its starter, has not loaded every class yet.
     */
    private static List<Path> withOwnCopy(Home home, List<Path> classPath) throws IOException {
        List<Path> entries = new ArrayList<>();
        for (Path entry : classPath) {
            if (!Files.isDirectory(entry)) {
                entries.add(entry);
            } else if (Files.exists(entry.resolve("io/slipway/Slipway.class"))) {
                entries.add(0, ownCopy(home, entry));
            }
        }
        return entries;
    }

    private static Path ownCopy(Home home, Path classes) throws IOException {
        List<Path> needed = new ArrayList<>();
        try (Stream<Path> own = Files.list(classes.resolve("io/slipway"));
                Stream<Path> agent = Files.list(classes.resolve("io/slipway/agent"))) {
            Stream.concat(own, agent)
                    .filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .forEach(needed::add);
        }
        MessageDigest digest = Json.sha256();
        for (Path file : needed) {
            digest.update(Files.readAllBytes(file));
        }
        Path copy = home.programs().resolve(Json.hex(digest.digest()).substring(0, 16));
        if (!Files.exists(copy)) {
            Path unfinished = Files.createTempDirectory(createdPrograms(home), "new");
            for (Path file : needed) {
                Path to = unfinished.resolve(classes.relativize(file));
                Files.createDirectories(DurableFiles.parentOf(to));
                Files.copy(file, to);
            }
            Files.move(unfinished, copy, StandardCopyOption.ATOMIC_MOVE);
        }
        return copy;
    }

    private static Path createdPrograms(Home home) throws IOException {
        DurableFiles.createPrivateDirectories(home.programs());
        return home.programs();
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the agent", e);
        }
    }
}
