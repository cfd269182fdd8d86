package io.slipway.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.platform.data.Migrator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory with everything that an installation needs to go on elsewhere: the database, the artifact store and the keys.
 *
 * <p>The order makes it safe under load: first the database as of one moment, then the store, whose files are named by their digest, are
 * never changed and are written before a row names them. Whatever the database names is therefore there. The description is written last;
 * a directory without one is no backup.
 */
final class Backup {

    private static final String DATABASE = "database.sql";
    private static final String DESCRIPTION = "backup.json";
    private static final String ARTIFACTS = "artifacts";
    private static final String KEYS = "keys";
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What a backup says of itself.
     *
     * @param database digest of the statements
     * @param auditEntries entries of the audit trail that were committed before the copy began
     * @param lastAuditEntry number of the last of them
     * @param artifacts files of the store
     * @param bytes their size
     */
    record Description(String database, long auditEntries, long lastAuditEntry, long artifacts, long bytes) {}

    private final Path directory;

    Backup(Path directory) {
        this.directory = directory;
    }

    /**
     * Copies an installation, which may go on working.
     *
     * @param dump the program that dumps a server's schema; a file {@code database.sql} that it wrote before is taken as it is
     */
    Description write(Place place, List<String> dump) throws IOException, SQLException {
        Path database = directory.resolve(DATABASE);
        createPrivate(directory);
        try (Stream<Path> present = Files.list(directory)) {
            if (present.anyMatch(file -> !file.equals(database))) {
                throw new IllegalArgumentException(directory + " holds something else already");
            }
        }
        long entries = 0;
        long last = 0;
        // A dump that is there already is of an earlier moment, for which these numbers would be too high.
        if (!Files.exists(database)) {
            try (Connection connection = place.connection()) {
                entries = number(connection, "select count(*) from audit_entry");
                last = number(connection, "select coalesce(max(seq), 0) from audit_entry");
                if (place.embedded()) {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("script to '" + database.toAbsolutePath() + "' charset 'UTF-8'");
                    }
                }
            }
            if (!place.embedded()) {
                List<String> command = new ArrayList<>(dump);
                command.addAll(place.address());
                command.addAll(List.of(
                        "--single-transaction", "--quick", "--hex-blob", "--no-tablespaces", "--skip-triggers"));
                command.add(place.schema());
                run(command, place, null, database);
            }
        }
        long[] copied = copyArtifacts(place.artifacts(), directory.resolve(ARTIFACTS));
        for (Map.Entry<String, Path> key : place.keys().entrySet()) {
            if (Files.exists(key.getValue())) {
                createPrivate(directory.resolve(KEYS));
                copyPrivate(key.getValue(), directory.resolve(KEYS).resolve(key.getKey()));
            }
        }
        Description description = new Description(digest(database), entries, last, copied[0], copied[1]);
        Path unfinished = directory.resolve(DESCRIPTION + ".new");
        JSON.writeValue(unfinished.toFile(), description);
        Files.move(unfinished, directory.resolve(DESCRIPTION), StandardCopyOption.ATOMIC_MOVE);
        return description;
    }

    Description read() throws IOException {
        Path file = directory.resolve(DESCRIPTION);
        if (!Files.exists(file)) {
            throw new IllegalArgumentException(directory + " is no complete backup: " + DESCRIPTION + " is missing");
        }
        Description description = JSON.readValue(file.toFile(), Description.class);
        if (!digest(directory.resolve(DATABASE)).equals(description.database())) {
            throw new IllegalArgumentException(directory.resolve(DATABASE) + " was changed after the backup");
        }
        return description;
    }

    /**
     * Puts everything into an empty place, and gives the accounts of that place their rights.
     *
     * @param load the program that runs statements on a server
     * @param told hears of each fault that is found afterwards
     * @return the number of faults
     */
    int restore(Place place, List<String> load, String[] settings, Consumer<String> told)
            throws IOException, SQLException {
        Description description = read();
        Path store = place.artifacts();
        if (Files.exists(store.resolve("sha256")) && !isEmpty(store.resolve("sha256"))) {
            throw new IllegalArgumentException("The artifact store " + store + " is not empty");
        }
        Place target = place;
        Path accounts = directory.resolve(KEYS).resolve(Place.ACCOUNTS);
        if (place.embedded()) {
            Properties passwords = new Properties();
            try (InputStream in = Files.newInputStream(accounts)) {
                passwords.load(in);
            }
            target = place.with(passwords.getProperty("migrator"));
        }
        try (Connection connection = target.connection()) {
            try (ResultSet tables = connection
                    .getMetaData()
                    .getTables(connection.getCatalog(), connection.getSchema(), "%", new String[] {"TABLE", "BASE TABLE"
                    })) {
                if (tables.next()) {
                    throw new IllegalArgumentException(
                            "The schema has a table " + tables.getString("TABLE_NAME") + " already");
                }
            }
            if (target.embedded()) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(
                            "runscript from '" + directory.resolve(DATABASE).toAbsolutePath() + "' charset 'UTF-8'");
                }
            }
        }
        if (!target.embedded()) {
            List<String> command = new ArrayList<>(load);
            command.addAll(target.address());
            command.add(target.schema());
            run(command, target, directory.resolve(DATABASE), null);
        }
        copyArtifacts(directory.resolve(ARTIFACTS), store);
        for (Map.Entry<String, Path> key : place.keys().entrySet()) {
            Path kept = directory.resolve(KEYS).resolve(key.getKey());
            if (Files.exists(kept)) {
                createPrivate(parent(key.getValue()));
                copyPrivate(kept, key.getValue());
            }
        }
        Migrator.run(settings);
        return new Verification(target).faults(description, told);
    }

    private static long[] copyArtifacts(Path from, Path to) throws IOException {
        long files = 0;
        long bytes = 0;
        Path source = from.resolve("sha256");
        createPrivate(to);
        if (Files.exists(source)) {
            try (Stream<Path> found = Files.walk(source)) {
                for (Path file : (Iterable<Path>) found.filter(Files::isRegularFile)::iterator) {
                    Path copy = to.resolve(from.relativize(file).toString());
                    Files.createDirectories(parent(copy));
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                    files++;
                    bytes += Files.size(copy);
                }
            }
        }
        return new long[] {files, bytes};
    }

    private static void createPrivate(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    private static void copyPrivate(Path from, Path to) throws IOException {
        Files.deleteIfExists(to);
        Files.createFile(to, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(to, Files.readAllBytes(from));
    }

    private static Path parent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException(file + " is no file in a directory");
        }
        return parent;
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> present = Files.list(directory)) {
            return present.findAny().isEmpty();
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void run(List<String> command, Place place, @Nullable Path input, @Nullable Path output)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("MYSQL_PWD", place.ownerPassword());
        builder.redirectInput(
                input == null
                        ? ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile())
                        : ProcessBuilder.Redirect.from(input.toFile()));
        builder.redirectOutput(
                output == null ? ProcessBuilder.Redirect.INHERIT : ProcessBuilder.Redirect.to(output.toFile()));
        try {
            int code = builder.start().waitFor();
            if (code != 0) {
                if (output != null) {
                    Files.deleteIfExists(output);
                }
                throw new IOException(command.get(0) + " ended with " + code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while " + command.get(0) + " ran", e);
        }
    }

    /** SHA-256 of a file. */
    static String digest(Path file) throws IOException {
        try (DigestInputStream in =
                new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
