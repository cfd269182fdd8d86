package io.slipway.scenario.crash;

import io.slipway.agent.AgentProcess;
import io.slipway.demo.DemoClient;
import io.slipway.demo.DemoTraffic;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.ClassWriter;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.SpringAsmInfo;
import org.springframework.util.FileSystemUtils;

/**
 * A place where one release after the other is carried out by programs that die. Each begins with the same data: a copy of what the first
 * start of the demo leaves, with an agent and services of its own.
 */
final class CrashRig implements AutoCloseable {

    /**
     * What became of a release.
     *
     * @param requests how many were sent to production in each life of the program
     */
    record Outcome(
            List<String> points, List<String> state, List<Long> requests, List<String> failures, String trouble) {

        /** Says in one line whether everything became as it was to become. */
        String verdict(List<String> wanted) {
            List<String> wrong = new ArrayList<>();
            if (!trouble.isEmpty()) {
                wrong.add(trouble);
            } else {
                wrong.addAll(differences(wanted, state));
            }
            failures.forEach(failure -> wrong.add("request failed: " + failure));
            // Where nobody asked, nobody can say that production answered.
            if (requests.isEmpty() || requests.contains(0L)) {
                wrong.add("no request in a life: " + requests);
            }
            String how = wrong.isEmpty() ? FINE : ": OTHER";
            // Whoever did not die there has shown nothing about dying there.
            return (wrong.isEmpty() && missed() ? MISSED : how) + ", " + points + ", " + sent() + " requests "
                    + String.join("; ", wrong);
        }

        /** How many requests were sent to production in all lives together. */
        long sent() {
            return requests.stream().mapToLong(Long::longValue).sum();
        }

        /** Whether it was over before it came to a point at which it was to die. */
        boolean missed() {
            return points.stream().anyMatch(point -> point.contains(NOT_REACHED));
        }
    }

    /** How the verdict on a case begins that was carried out and became what it was to become. */
    static final String FINE = ": as undisturbed";

    /** How the verdict on a case begins that was not carried out, because the program did not come by there. */
    static final String MISSED = ": NOT REACHED";

    private static final String NOT_REACHED = " (not reached, ";
    private static final String VERSION = "2.5.0";
    private static final int PATIENCE_SECONDS = 240;
    private static final Duration PROBE_PAUSE = Duration.ofMillis(25);

    private final Path program;
    private final Path place;
    private final Path data;
    private final Path agent;
    private final Path prepared;
    private URI address = URI.create("http://127.0.0.1");
    private @Nullable Process dump;

    CrashRig(Path program, Path place) {
        this.program = program;
        this.place = place.toAbsolutePath();
        this.data = this.place.resolve("data");
        this.agent = data.resolve("agent");
        this.prepared = this.place.resolve("prepared");
    }

    /** Packs the program as it is now: it stays the same while classes are compiled anew, and renames have points before and after. */
    static Path pack(Path directory) throws IOException {
        FileSystemUtils.deleteRecursively(directory);
        Path classes = Files.createDirectories(directory.resolve("classes")).toAbsolutePath();
        copy(Path.of("target/classes"), classes);
        Path store = classes.resolve("io/slipway/integration/artifacts/FileArtifactStore.class");
        Files.write(store, withPointsAroundRenames(Files.readAllBytes(store)));
        jar(directory.resolve("main.jar"), classes);
        jar(directory.resolve("test.jar"), Path.of("target/test-classes"));
        return directory.toAbsolutePath();
    }

    /** The same class, which moves files by way of {@link CrashPoints#move}. */
    private static byte[] withPointsAroundRenames(byte[] compiled) {
        ClassReader reader = new ClassReader(compiled);
        ClassWriter writer = new ClassWriter(0);
        int[] found = {0};
        reader.accept(
                new ClassVisitor(SpringAsmInfo.ASM_VERSION, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access,
                            String name,
                            String type,
                            @Nullable String signature,
                            String @Nullable [] thrown) {
                        return new MethodVisitor(
                                SpringAsmInfo.ASM_VERSION, super.visitMethod(access, name, type, signature, thrown)) {
                            @Override
                            public void visitMethodInsn(
                                    int code, String owner, String called, String calledType, boolean onInterface) {
                                boolean move = code == Opcodes.INVOKESTATIC
                                        && owner.equals("java/nio/file/Files")
                                        && called.equals("move");
                                found[0] += move ? 1 : 0;
                                super.visitMethodInsn(
                                        code,
                                        move ? CrashPoints.class.getName().replace('.', '/') : owner,
                                        called,
                                        calledType,
                                        onInterface);
                            }
                        };
                    }
                },
                0);
        if (found[0] == 0) {
            throw new IllegalStateException("The store renames nothing any more; where does it keep its files?");
        }
        return writer.toByteArray();
    }

    private static void jar(Path jar, Path content) {
        int code = ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(System.out, System.err, "-c0f", jar.toString(), "-C", content.toString(), ".");
        if (code != 0) {
            throw new IllegalStateException(jar + " cannot be packed");
        }
    }

    /** Starts the program for the first time and keeps what it leaves. */
    void prepare() throws IOException, InterruptedException {
        AgentProcess.stop(agent, true);
        FileSystemUtils.deleteRecursively(place);
        Files.createDirectories(data);
        List<String> options = new ArrayList<>(
                List.of("-Dslipway.crash.result=" + place.resolve("address.txt"), "-Dslipway.crash.version="));
        if (!Files.exists(archive())) {
            options.add("-XX:DumpLoadedClassList=" + place.resolve("loaded.txt"));
        }
        int code = child(options, "prepare");
        if (code != 0) {
            throw new IllegalStateException("The first start failed: see " + place.resolve("prepare.log"));
        }
        address = URI.create(Files.readString(place.resolve("address.txt")));
        AgentProcess.stop(agent, true);
        copy(data, prepared);
        if (!Files.exists(archive())) {
            archive(place.resolve("loaded.txt"));
        }
    }

    /** Where they are kept; nothing is there before all of them are. */
    private Path archive() throws IOException {
        Path archive = program.resolve("classes.jsa");
        if (dump != null && !dump.isAlive()) {
            if (dump.exitValue() == 0) {
                Files.move(place.resolve("classes.jsa"), archive, StandardCopyOption.ATOMIC_MOVE);
            } else {
                System.out.println("Starts take longer, as classes cannot be kept: " + place.resolve("dump.log"));
            }
            dump = null;
        }
        return archive;
    }

    /** Begins to keep the classes of a start as the JVM has them loaded, which spares each further start a third of its time. */
    private void archive(Path loaded) throws IOException {
        // What is made while it runs is left out: this JVM's own dump ends over some of it.
        Path lasting = place.resolve("lasting.txt");
        Files.write(
                lasting,
                Files.readAllLines(loaded).stream()
                        .filter(line -> !line.matches("@.*|com/sun/proxy.*|.*(Lambda|CGLIB|/\\$Proxy).*"))
                        .toList());
        dump = new ProcessBuilder(
                        java(),
                        "-Xshare:dump",
                        "-XX:+UseSerialGC",
                        "-XX:SharedClassListFile=" + lasting,
                        "-XX:SharedArchiveFile=" + place.resolve("classes.jsa"),
                        "-cp",
                        classPath())
                .directory(place.toFile())
                .redirectErrorStream(true)
                .redirectOutput(place.resolve("dump.log").toFile())
                .start();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Begins anew with what the first start left. */
    void restore() throws IOException {
        AgentProcess.stop(agent, true);
        FileSystemUtils.deleteRecursively(data);
        copy(prepared, data);
    }

    /** Carries the release out without dying, which has to succeed. */
    Outcome undisturbed() throws IOException, InterruptedException {
        Outcome outcome = carry(List.of());
        if (!outcome.trouble().isEmpty() || !outcome.failures().isEmpty() || outcome.sent() == 0) {
            throw new AssertionError("It does not end by itself: " + outcome.trouble() + outcome.failures() + " "
                    + outcome.sent() + " requests");
        }
        return outcome;
    }

    /**
     * Carries the release out; the program dies at some points, one life after the other, and lives on to the end after the last.
     *
     * @param undisturbed the points of a life that goes through
     * @param deaths their numbers, ascending; the same number again is another death as soon as it comes there again
     */
    Outcome carry(List<String> undisturbed, int... deaths) throws IOException, InterruptedException {
        restore();
        try (Stream<Path> old = Files.list(place)) {
            for (Path file : old.filter(path -> path.getFileName().toString().startsWith("life-"))
                    .toList()) {
                Files.delete(file);
            }
        }
        AgentProcess.ensureRunning(agent);
        awaitService();
        List<String> points = new ArrayList<>();
        List<Long> requests = new ArrayList<>();
        String trouble = "";
        Path result = place.resolve("life-result.txt");
        DemoClient client = new DemoClient(address, PROBE_PAUSE, Duration.ofMinutes(20), Clock.systemUTC());
        client.start();
        DemoTraffic traffic;
        try {
            for (int life = 0; life <= deaths.length && trouble.isEmpty(); life++) {
                Path list = place.resolve("life-" + life + ".points");
                List<String> options = new ArrayList<>(List.of(
                        "-Dslipway.crash.version=" + VERSION,
                        "-Dslipway.crash.result=" + result,
                        "-D" + CrashPoints.LIST + "=" + list));
                boolean dies = life < deaths.length;
                if (dies) {
                    String name = named(undisturbed.get(deaths[life] - 1));
                    long time = undisturbed.subList(life == 0 ? 0 : deaths[life - 1], deaths[life]).stream()
                            .filter(point -> named(point).equals(name))
                            .count();
                    options.add("-D" + CrashPoints.AT + "=" + name);
                    options.add("-D" + CrashPoints.TIME + "=" + Math.max(1, time));
                }
                long before = client.traffic().requests();
                int code = child(options, "life-" + life);
                requests.add(client.traffic().requests() - before);
                List<String> reached = Files.exists(list) ? Files.readAllLines(list) : List.of();
                if (!dies) {
                    points.addAll(deaths.length == 0 ? reached : List.of());
                } else if (code == CrashPoints.KILLED) {
                    points.add(reached.get(reached.size() - 1));
                } else if (code == 0) {
                    // It was over before it came so far.
                    points.add(deaths[life] + NOT_REACHED + reached.size() + " points)");
                    break;
                }
                if (code != 0 && code != CrashPoints.KILLED) {
                    trouble = "life " + life + " ended with " + code + ": " + lastWords(life);
                }
            }
        } finally {
            traffic = client.stop();
        }
        AgentProcess.stop(agent, true);
        List<String> state = Files.exists(result) ? Files.readAllLines(result) : List.of();
        return new Outcome(
                points,
                state,
                requests,
                traffic.lastFailures().stream()
                        .map(failure -> failure.at() + " " + failure.path() + " " + failure.reason())
                        .toList(),
                trouble);
    }

    /**
     * Kills the agent while its services run; fails when a service ended with it or was started a second time.
     *
     * @return time from the start of the next agent's process until production answered again
     */
    Duration agentDies() throws IOException, InterruptedException {
        AgentProcess.Running before = AgentProcess.ensureRunning(agent);
        awaitService();
        String instance = Files.readString(agent.resolve("instance")).strip();
        Set<Long> services = services(instance);
        ProcessHandle process = ProcessHandle.of(before.pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
        AgentProcess.Running after = before;
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (after.pid() == before.pid() && System.nanoTime() < deadline) {
            Thread.sleep(20);
            after = AgentProcess.find(agent).orElse(before);
        }
        awaitService();
        Instant answered = Instant.now();
        if (services.isEmpty() || !services(instance).equals(services)) {
            throw new AssertionError(
                    services + " ran before the agent's death, and " + services(instance) + " after it");
        }
        return Duration.between(
                ProcessHandle.of(after.pid())
                        .flatMap(next -> next.info().startInstant())
                        .orElseThrow(),
                answered);
    }

    private static Set<Long> services(String instance) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .filter(arguments -> List.of(arguments).contains("-Dslipway.agent=" + instance))
                        .isPresent())
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }

    /** What a point is called, without its number. */
    static String named(String point) {
        return point.substring(point.indexOf(' ') + 1);
    }

    /** What the one has and the other has not; lines about times that differ by themselves are left out. */
    static List<String> differences(List<String> wanted, List<String> found) {
        TreeSet<String> missing = new TreeSet<>(wanted);
        TreeSet<String> more = new TreeSet<>(found);
        missing.removeAll(found);
        more.removeAll(wanted);
        return Stream.concat(
                        missing.stream().map(line -> "- " + line), more.stream().map(line -> "+ " + line))
                .toList();
    }

    private String lastWords(int life) throws IOException {
        return Files.readAllLines(place.resolve("life-" + life + ".log")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("\tat ") && !line.startsWith("\t..."))
                .reduce((first, second) -> line(first, second))
                .orElse("nothing said");
    }

    private static String line(String first, String second) {
        return second.contains("Error") || second.contains("Exception") ? second : first;
    }

    private int child(List<String> options, String name) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(java(), "-Xmx700m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Duser.timezone=UTC"));
        if (Files.exists(archive())) {
            command.add("-XX:SharedArchiveFile=" + archive());
        }
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), CrashingProgram.class.getName()));
        command.addAll(Arrays.asList(CrashingProgram.arguments(data)));
        Process child = new ProcessBuilder(command)
                .directory(place.toFile())
                .redirectErrorStream(true)
                .redirectOutput(place.resolve(name + ".log").toFile())
                .start();
        try {
            if (!child.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return -1;
            }
            return child.exitValue();
        } finally {
            child.destroyForcibly();
        }
    }

    private String classPath() {
        return Stream.concat(
                        Stream.of(
                                program.resolve("main.jar").toString(),
                                program.resolve("test.jar").toString()),
                        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                                .filter(entry -> entry.endsWith(".jar")))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private void awaitService() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(address.toString() + (address.toString().endsWith("/") ? "" : "/") + "version"))
                .timeout(Duration.ofSeconds(2))
                .build();
        HttpClient http = HttpClient.newHttpClient();
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < deadline) {
            try {
                if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // The services are being started.
            }
            Thread.sleep(50);
        }
        throw new IllegalStateException("Production does not answer at " + address);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (!Files.isDirectory(target)) {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (dump != null) {
            dump.destroyForcibly();
        }
        AgentProcess.stop(agent, true);
    }
}
