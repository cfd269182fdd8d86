package io.slipway.backup;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
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

    static Place of(Environment environment) {
        String url = environment.getRequiredProperty("spring.datasource.url");
        Map<String, Path> keys = new TreeMap<>(Map.of(
                "acknowledgement.key",
                Path.of(environment.getRequiredProperty("slipway.communication.acknowledgement.key-file")),
                "secrets.properties",
                Path.of(environment.getRequiredProperty("slipway.secrets.file"))));
        if (isEmbedded(url)) {
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
        return isEmbedded(url);
    }

    private static boolean isEmbedded(String url) {
        return url.startsWith("jdbc:h2:");
    }

    Connection connection() throws SQLException {
        return DriverManager.getConnection(url, owner, ownerPassword);
    }

    /** How the client programs of the server are told where it is; the password is no argument, which others could read. */
    List<String> address() {
        String server = url.substring(url.indexOf("//") + 2, url.lastIndexOf('/'));
        int colon = server.lastIndexOf(':');
        return List.of(
                "--host=" + (colon < 0 ? server : server.substring(0, colon)),
                "--port=" + (colon < 0 ? "3306" : server.substring(colon + 1)),
                "--protocol=TCP",
                "--user=" + owner,
                "--default-character-set=utf8mb4");
    }

    String schema() {
        int begin = url.lastIndexOf('/') + 1;
        int end = url.indexOf('?');
        return url.substring(begin, end < 0 ? url.length() : end);
    }

    @Override
    public String toString() {
        return url + " and " + artifacts;
    }
}
