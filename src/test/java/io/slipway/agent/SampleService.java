package io.slipway.agent;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** A small HTTP service, compiled when it is needed: {@code /health}, {@code /version}, {@code /env/<name>}, {@code /slow}, {@code /fail}. */
public final class SampleService {

    private static final String SOURCE = """
            import com.sun.net.httpserver.HttpExchange;
            import com.sun.net.httpserver.HttpServer;
            import java.io.IOException;
            import java.net.InetSocketAddress;
            import java.nio.charset.StandardCharsets;
            import java.util.concurrent.Executors;

            public final class Main {
                public static void main(String[] args) throws IOException {
                    if ("true".equals(System.getenv("FAIL"))) {
                        System.exit(3);
                    }
                    int port = Integer.parseInt(System.getenv("PORT"));
                    HttpServer server = HttpServer.create(new InetSocketAddress(System.getenv("HOST"), port), 0);
                    server.setExecutor(Executors.newCachedThreadPool());
                    server.createContext("/", exchange -> {
                        String path = exchange.getRequestURI().getPath();
                        exchange.getRequestBody().readAllBytes();
                        if (path.equals("/health")) {
                            answer(exchange, 200, "well");
                        } else if (path.equals("/version")) {
                            answer(exchange, 200, "@VERSION@");
                        } else if (path.equals("/")) {
                            answer(exchange, 200, "root of @VERSION@ below "
                                    + exchange.getRequestHeaders().getFirst("X-Forwarded-Prefix"));
                        } else if (path.equals("/slow")) {
                            try {
                                Thread.sleep(1500);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            answer(exchange, 200, "@VERSION@");
                        } else if (path.equals("/fail")) {
                            answer(exchange, 500, "failed as asked");
                        } else if (path.startsWith("/env/")) {
                            answer(exchange, 200, String.valueOf(System.getenv(path.substring(5))));
                        } else {
                            answer(exchange, 404, "no " + exchange.getRequestURI());
                        }
                    });
                    server.start();
                }

                private static void answer(HttpExchange exchange, int status, String text) throws IOException {
                    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                }
            }
            """;

    /** Options that let the service start fast and small, and answer without waiting for acknowledgements. */
    public static final List<String> JVM_OPTIONS =
            List.of("-Xmx48m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dsun.net.httpserver.nodelay=true");

    // Held, because the logging library forgets the level of a logger that nobody holds.
    private static final java.util.logging.Logger AGENT = java.util.logging.Logger.getLogger("io.slipway.agent");

    static {
        AGENT.setLevel(java.util.logging.Level.WARNING);
    }

    private SampleService() {}

    private static final ConcurrentHashMap<String, byte[]> JARS = new ConcurrentHashMap<>();

    /** The bytes of a runnable jar that answers the version under {@code /version}; the same bytes for the same version. */
    public static byte[] jar(String version) {
        return JARS.computeIfAbsent(version, SampleService::build).clone();
    }

    private static byte[] build(String version) {
        try {
            Path directory = Files.createTempDirectory("sample-service");
            try {
                return compile(directory, version);
            } finally {
                DurableFiles.deleteTree(directory);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] compile(Path directory, String version) throws IOException {
        Path source = directory.resolve("Main.java");
        Files.writeString(source, SOURCE.replace("@VERSION@", version));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int result = compiler.run(
                null,
                OutputStream.nullOutputStream(),
                null,
                "-proc:none",
                "-d",
                directory.toString(),
                source.toString());
        if (result != 0) {
            throw new IllegalStateException("The sample service does not compile");
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "Main");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<Path> classes;
        try (Stream<Path> files = Files.list(directory)) {
            classes = files.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .toList();
        }
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (Path file : classes) {
                jar.putNextEntry(new JarEntry(String.valueOf(file.getFileName())));
                jar.write(Files.readAllBytes(file));
                jar.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** SHA-256 in lower-case hexadecimal. */
    public static String sha256(byte[] content) {
        return HexFormat.of().formatHex(Json.sha256().digest(content));
    }
}
