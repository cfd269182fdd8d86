import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
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

/** Builds the service with the JDK alone: {@code java Build.java <commit>} writes {@code build/storefront-<version>.jar}. */
class Build {

    private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    public static void main(String[] args) throws IOException {
        Path source = Path.of("").toAbsolutePath();
        Path classes = Files.createDirectories(source.resolve("classes"));
        String version = Files.readString(source.resolve("VERSION")).strip();
        compile(source.resolve("src"), classes);
        Files.copy(source.resolve("VERSION"), classes.resolve("VERSION"));
        Path jar = Files.createDirectories(source.resolve("build")).resolve("storefront-" + version + ".jar");
        pack(classes, version, args[0], jar);
        System.out.println("Built " + jar.getFileName() + " of " + Files.size(jar) + " bytes");
    }

    private static void compile(Path sources, Path target) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(target));
            files.setLocationFromPaths(StandardLocation.CLASS_PATH, List.of());
            if (!compiler.getTask(
                            messages,
                            files,
                            null,
                            List.of("--release", "17", "-g", "-proc:none", "-Xlint:all", "-Werror"),
                            null,
                            files.getJavaFileObjectsFromPaths(filesBelow(sources)))
                    .call()) {
                throw new IllegalStateException(messages.toString());
            }
        }
    }

    private static void pack(Path classes, String version, String commit, Path jar) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, "storefront.Storefront");
        main.put(Attributes.Name.IMPLEMENTATION_TITLE, "storefront");
        main.put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        main.put(new Attributes.Name("Build-Commit"), commit);
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(entry(JarFile.MANIFEST_NAME));
            manifest.write(zip);
            for (Path file : filesBelow(classes)) {
                zip.putNextEntry(entry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, zip);
            }
        }
    }

    private static ZipEntry entry(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(ENTRY_TIME);
        return entry;
    }

    private static List<Path> filesBelow(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
