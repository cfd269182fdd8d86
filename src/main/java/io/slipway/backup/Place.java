package io.slipway.backup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.core.env.Environment;

/**
 * Where an installation keeps what belongs together.
 *
 * @param url of the database
 * @param owner account that may create tables
 * @param ownerPassword its password
 * @param artifacts directory of the artifact store
 * @param keys files that are no use to anybody else, by the name that they have in a backup; they may be missing
 */
record Place(String url, String owner, String ownerPassword, Path artifacts, Map<String, Path> keys) {

    /** The passwords of the embedded database, which its accounts keep. */
    static final String ACCOUNTS = "accounts.properties";

    private static final String EMBEDDED = "jdbc:h2:file:";

    /** What the embedded database says when another process works with its file. */
    private static final int IN_USE = 90020;

    static Place of(Environment environment) {
        String url = environment.getRequiredProperty("spring.datasource.url");
        Map<String, Path> keys = new TreeMap<>(Map.of(
                "acknowledgement.key",
                Path.of(environment.getRequiredProperty("slipway.communication.acknowledgement.key-file")),
                "secrets.properties",
                Path.of(environment.getRequiredProperty("slipway.secrets.file"))));
        if (url.startsWith(EMBEDDED)) {
            keys.put(
                    ACCOUNTS,
                    Path.of(environment.getRequiredProperty("slipway.data"), "database")
                            .resolve(ACCOUNTS));
        }
        return new Place(
                url,
                environment.getRequiredProperty("spring.flyway.user"),
                environment.getRequiredProperty("spring.flyway.password"),
                Path.of(environment.getRequiredProperty("slipway.artifacts.directory")),
                Map.copyOf(keys));
    }

    /** The same place for an owner with another password. */
    Place with(String password) {
        return new Place(url, owner, password, artifacts, keys);
    }

    boolean embedded() {
        return url.startsWith(EMBEDDED);
    }

    /** Where the artifact store has the file with this digest, or would have it. */
    static Path file(Path artifacts, String sha256) {
        return artifacts
                .resolve("sha256")
                .resolve(sha256.substring(0, 2))
                .resolve(sha256.substring(2, 4))
                .resolve(sha256);
    }

    /** To a database that is there; looking for one makes none. */
    Connection connection() throws SQLException, BackupRefused {
        Optional<Path> file = databaseFile();
        if (file.isPresent() && !Files.exists(file.get())) {
            throw new BackupRefused("There is no database " + file.get());
        }
        try {
            return created();
        } catch (SQLException failure) {
            if (embedded() && failure.getErrorCode() == IN_USE) {
                throw new BackupRefused("The embedded database is open to one process: please stop the program first");
            }
            throw failure;
        }
    }

    /** To a database that is made where there is none. */
    Connection created() throws SQLException {
        return DriverManager.getConnection(url, owner, ownerPassword);
    }

    /** What is in the way of a database that is to be filled; empty where nothing is. */
    Optional<String> occupied() throws SQLException {
        Optional<Path> file = databaseFile();
        if (file.isPresent()) {
            return file.filter(Files::exists).map(there -> "There is a database " + there + " already");
        }
        try (Connection connection = created()) {
            return tables(connection).stream()
                    .findFirst()
                    .map(table -> "The schema " + schema() + " is not empty: it has a table " + table);
        }
    }

    /** The tables that there are. */
    static List<String> tables(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet tables = connection
                .getMetaData()
                .getTables(
                        connection.getCatalog(), connection.getSchema(), "%", new String[] {"TABLE", "BASE TABLE"})) {
            while (tables.next()) {
                names.add(tables.getString("TABLE_NAME"));
            }
        }
        return names;
    }

    /** What a restore that failed on the way may have filled. */
    String whatToEmpty() {
        return databaseFile().map(file -> "the directory " + file.getParent()).orElse("the schema " + schema())
                + " and the artifact store " + artifacts;
    }

    private Optional<Path> databaseFile() {
        return embedded() ? Optional.of(Path.of(address().substring(EMBEDDED.length()) + ".mv.db")) : Optional.empty();
    }

    /** How the client programs of the server are told where it is; the password is no argument, which others could read. */
    List<String> client() {
        String address = address();
        String server = address.substring(address.indexOf("//") + 2, address.lastIndexOf('/'));
        int colon = server.lastIndexOf(':');
        return List.of(
                "--host=" + (colon < 0 ? server : server.substring(0, colon)),
                "--port=" + (colon < 0 ? "3306" : server.substring(colon + 1)),
                "--protocol=TCP",
                "--user=" + owner,
                "--default-character-set=utf8mb4");
    }

    String schema() {
        String address = address();
        return address.substring(address.lastIndexOf('/') + 1);
    }

    /** The URL without its options. */
    private String address() {
        return url.split("[?;]", 2)[0];
    }

    @Override
    public String toString() {
        return address() + " and " + artifacts;
    }
}
