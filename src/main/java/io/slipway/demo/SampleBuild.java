package io.slipway.demo;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.springframework.util.FileSystemUtils;

/**
 * Builds versions of the sample with the JDK alone: a clean check-out of the tag, the compiler, the version's own tests in a Java
 * process of their own, and a jar that has the same bytes whenever the same commit is built with the same JDK.
 */
public final class SampleBuild {

    private static final String MAIN_CLASS = "storefront.Storefront";
    private static final String TEST_CLASS = "storefront.StorefrontChecks";
    private static final Attributes.Name COMMIT = new Attributes.Name("Build-Commit");
    private static final int TEST_SECONDS = 60;

    /** After 1 January 1980, at which the zip format would add a time that depends on the time zone. */
    private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final SampleRepository repository;
    private final Path demo;

    /**
     * Builds from a repository into {@code demo/builds/<version>} below the data directory.
     *
     * @param repository where the sources are
     * @param dataDirectory the application's data directory
     */
    public SampleBuild(SampleRepository repository, Path dataDirectory) {
        this.repository = repository;
        this.demo = dataDirectory.toAbsolutePath().normalize().resolve("demo");
    }

    /**
     * The build of a version: the one that is there if it was made from the commit that the tag names, else a new one.
     *
     * @throws IllegalArgumentException if the sample has no such version
     * @throws IllegalStateException if there is no compiler, or the version does not compile or fails its tests
     */
    public synchronized BuiltSample provide(String version) {
        SampleRelease release = SampleRelease.of(version);
        repository.prepare();
        try {
            BuiltSample built = located(version, repository.commitOf(version));
            boolean complete = Files.isRegularFile(built.jar())
                    && Files.isRegularFile(built.testReport())
                    && Files.isRegularFile(built.scope());
            return complete && built.commit().equals(commitIn(built.jar())) ? built : build(release);
        } catch (IOException e) {
            throw failed(version, e);
        }
    }

    /**
     * Builds a version anew and replaces the build that is there.
     *
     * @throws IllegalArgumentException if the sample has no such version
     * @throws IllegalStateException if there is no compiler, or the version does not compile or fails its tests
     */
    public synchronized BuiltSample build(String version) {
        SampleRelease release = SampleRelease.of(version);
        repository.prepare();
        try {
            return build(release);
        } catch (IOException e) {
            throw failed(version, e);
        }
    }

    private BuiltSample build(SampleRelease release) throws IOException {
        String version = release.version();
        Path work = demo.resolve("work").resolve(version);
        FileSystemUtils.deleteRecursively(work);
        Path source = Files.createDirectories(work.resolve("source"));
        Path classes = Files.createDirectories(work.resolve("classes"));
        Path testClasses = Files.createDirectories(work.resolve("test-classes"));
        Path result = Files.createDirectories(work.resolve("result"));
        BuiltSample built = located(version, repository.commitOf(version));

        repository.checkOut(version, source);
        compile(source.resolve("src"), classes, List.of());
        Files.copy(source.resolve("VERSION"), classes.resolve("VERSION"));
        compile(source.resolve("test"), testClasses, List.of(classes));
        test(
                work,
                List.of(classes, testClasses),
                result.resolve(built.testReport().getFileName()));
        pack(classes, built, result.resolve(built.jar().getFileName()));
        Files.write(result.resolve(built.scope().getFileName()), release.scopeCsv());

        // The directory appears complete or not at all.
        Path target = builds(version);
        FileSystemUtils.deleteRecursively(target);
        Files.createDirectories(target.getParent());
        Files.move(result, target, StandardCopyOption.ATOMIC_MOVE);
        FileSystemUtils.deleteRecursively(work);
        return built;
    }

    private static void compile(Path sources, Path target, List<Path> classPath) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException(
                    "The demo builds its sample with the Java compiler, which this Java lacks. Start it with a JDK.");
        }
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(target));
            files.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath);
            boolean compiled = compiler.getTask(
                            messages,
                            files,
                            null,
                            List.of("--release", "17", "-g", "-proc:none", "-Xlint:all", "-Werror"),
                            null,
                            files.getJavaFileObjectsFromPaths(filesBelow(sources)))
                    .call();
            if (!compiled) {
                throw new IllegalStateException("The sample does not compile: " + messages);
            }
        }
    }

    private static void test(Path work, List<Path> classPath, Path report) throws IOException {
        Path log = work.resolve("test.log");
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        String.join(
                                File.pathSeparator,
                                classPath.stream().map(Path::toString).toList()),
                        TEST_CLASS,
                        report.toString())
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        // The tests need nothing of our environment; sockets on Windows need this one variable.
        command.environment().keySet().retainAll(Set.of("SystemRoot"));
        Process process = command.start();
        try {
            if (!process.waitFor(TEST_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The sample's tests did not end within " + TEST_SECONDS
                        + " seconds; their output is in " + log + ".");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The build of the sample was interrupted.", e);
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0 || !Files.isRegularFile(report)) {
            throw new IllegalStateException("The sample's tests failed: " + Files.readString(log)
                    + (Files.isRegularFile(report) ? Files.readString(report) : "no report was written"));
        }
    }

    private static void pack(Path classes, BuiltSample built, Path jar) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, MAIN_CLASS);
        main.put(Attributes.Name.IMPLEMENTATION_TITLE, "storefront");
        main.put(Attributes.Name.IMPLEMENTATION_VERSION, built.version());
        main.put(COMMIT, built.commit());
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(entry(JarFile.MANIFEST_NAME));
            manifest.write(zip);
            for (Path file : filesBelow(classes)) {
                zip.putNextEntry(entry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, zip);
            }
        }
    }

    private static ZipEntry entry(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(ENTRY_TIME);
        return entry;
    }

    /** All files below a directory, always in the same order. */
    private static List<Path> filesBelow(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return new ArrayList<>(files.filter(Files::isRegularFile).sorted().toList());
        }
    }

    private static String commitIn(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            String commit =
                    manifest == null ? null : manifest.getMainAttributes().getValue(COMMIT);
            return commit == null ? "" : commit;
        }
    }

    private BuiltSample located(String version, String commit) {
        Path builds = builds(version);
        return new BuiltSample(
                version,
                commit,
                builds.resolve("storefront-" + version + ".jar"),
                builds.resolve("TEST-storefront-" + version + ".xml"),
                builds.resolve("scope-" + version + ".csv"));
    }

    private Path builds(String version) {
        return demo.resolve("builds").resolve(version);
    }

    private static UncheckedIOException failed(String version, IOException e) {
        return new UncheckedIOException("Version " + version + " of the sample cannot be built.", e);
    }
}
