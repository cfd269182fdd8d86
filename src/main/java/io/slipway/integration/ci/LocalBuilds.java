package io.slipway.integration.ci;

import io.slipway.integration.sources.Sources;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * Builds on this machine: each build has a check-out and a home of its own, sees nothing of Slipway's environment, is read by no shell,
 * and is ended when it takes too long or prints too much.
 */
class LocalBuilds implements BuildSystem {

    private static final int MOST_FILES = 100;
    private static final int LOOK_EVERY = 100;
    private static final Duration VERSION_TIMEOUT = Duration.ofSeconds(20);
    private static final long VERSION_BYTES = 10_000;

    private final LocalBuildsConfiguration.Settings settings;
    private final Sources sources;
    private final Clock clock;

    LocalBuilds(LocalBuildsConfiguration.Settings settings, Sources sources, Clock clock) {
        this.settings = settings;
        this.sources = sources;
        this.clock = clock;
    }

    @Override
    public boolean builds(String system) {
        return settings.systems().containsKey(system) && sources.has(system);
    }

    @Override
    public Build run(Order order, Taker taker) {
        LocalBuildsConfiguration.Recipe recipe = settings.systems().get(order.system());
        if (recipe == null || recipe.command().isEmpty()) {
            throw new BuildRefused("Nobody said how " + order.system()
                    + " is built; it is written in the setting slipway.builds.systems.");
        }
        Path work = settings.directory()
                .toAbsolutePath()
                .normalize()
                .resolve(UUID.randomUUID().toString());
        try {
            Path source = Files.createDirectories(work.resolve("source"));
            Files.createDirectories(work.resolve("home"));
            sources.checkOut(order.system(), order.commit(), source);
            return build(order, recipe, work, source, taker);
        } catch (IOException e) {
            throw new BuildUnavailable("The build " + order.reference() + " cannot be run in " + work + ".", e);
        } finally {
            remove(work);
        }
    }

    private Build build(Order order, LocalBuildsConfiguration.Recipe recipe, Path work, Path source, Taker taker)
            throws IOException {
        Map<String, String> environment = environment(order, recipe, work);
        List<String> command = words(recipe.command(), order);
        Path versionLog = work.resolve("version.log");
        String toolchain = "Java " + Runtime.version();
        if (recipe.version() != null && !recipe.version().isEmpty()) {
            ended(words(recipe.version(), order), environment, source, versionLog, VERSION_TIMEOUT, VERSION_BYTES);
            toolchain = text(versionLog, VERSION_BYTES).strip();
        }
        Instant started = clock.instant();
        Path log = work.resolve("build.log");
        String end = ended(
                command,
                environment,
                source,
                log,
                settings.timeout(),
                settings.log().toBytes());
        Instant done = clock.instant();
        if (end.isEmpty()) {
            end = take(source, recipe.output(), taker);
        }
        String printed = text(log, settings.log().toBytes());
        return new Build(
                "local builder on " + host(),
                command,
                environment,
                toolchain,
                end.isEmpty(),
                end.isEmpty() ? printed : printed + "\n" + end + "\n",
                started,
                done);
    }

    private static Map<String, String> environment(Order order, LocalBuildsConfiguration.Recipe recipe, Path work) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("TZ", "UTC");
        environment.put("LC_ALL", "C");
        environment.put("PATH", recipe.path());
        environment.put("HOME", work.resolve("home").toString());
        environment.put("SOURCE_DATE_EPOCH", String.valueOf(order.committedAt().getEpochSecond()));
        return environment;
    }

    private static List<String> words(List<String> template, Order order) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return template.stream()
                .map(word -> word.replace("{commit}", order.commit()).replace("{java}", java))
                .toList();
    }

    /** Why a program did not end well, in one sentence; empty when it did. */
    private static String ended(
            List<String> command, Map<String, String> environment, Path source, Path log, Duration timeout, long most)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(source.toFile())
                .redirectErrorStream(true)
                .redirectInput(
                        ProcessBuilder.Redirect.from(Files.createFile(log.resolveSibling(log.getFileName() + ".in"))
                                .toFile()))
                .redirectOutput(log.toFile());
        // A program on Windows needs this one variable; nothing else of our environment is its business.
        builder.environment().keySet().retainAll(Set.of("SystemRoot"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            long deadline = System.nanoTime() + timeout.toNanos();
            while (!process.waitFor(LOOK_EVERY, TimeUnit.MILLISECONDS)) {
                if (System.nanoTime() > deadline) {
                    return "The build was ended because it took more than " + timeout.toSeconds() + " seconds.";
                }
                if (Files.size(log) > most) {
                    return "The build was ended because it printed more than " + most + " bytes.";
                }
            }
            return process.exitValue() == 0 ? "" : "The build ended with code " + process.exitValue() + ".";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BuildUnavailable("The build was interrupted.", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private String take(Path source, String output, Taker taker) throws IOException {
        Path folder = source.resolve(output).normalize();
        if (!folder.startsWith(source) || !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return "The build made no folder '" + output + "'.";
        }
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            // A link could make us take a file of this machine for one of the build.
            files = found.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
        if (files.isEmpty() || files.size() > MOST_FILES) {
            return "The build made " + files.size() + " files in '" + output + "'; 1 to " + MOST_FILES + " are taken.";
        }
        long size = 0;
        for (Path file : files) {
            size += Files.size(file);
        }
        if (size > settings.size().toBytes()) {
            return "The build made files of " + size + " bytes; at most "
                    + settings.size().toBytes() + " are taken.";
        }
        for (Path file : files) {
            try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                taker.take(String.valueOf(file.getFileName()), content);
            }
        }
        return "";
    }

    private static String text(Path log, long most) throws IOException {
        if (!Files.exists(log)) {
            return "";
        }
        try (InputStream in = Files.newInputStream(log)) {
            return new String(in.readNBytes((int) Math.min(most, Integer.MAX_VALUE)), StandardCharsets.UTF_8);
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "this machine";
        }
    }

    /** A check-out that cannot be removed now is no reason to lose the build; the next start of the machine cleans the directory. */
    private static void remove(Path work) {
        FileSystemUtils.deleteRecursively(work.toFile());
    }
}
