package io.slipway.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.platform.data.Migrator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A directory with everything that an installation needs to go on elsewhere: the database, the artifact store and the keys.
 *
 * <p>The order makes it safe under load: first the database as of one moment, then the store, whose files are named by their digest, are
 * never changed and are written before a row names them. Whatever the database names is therefore there. A list has the digest of each
 * file, as {@code sha256sum --check} reads it; the description, which has the digest of the list, is written last, and a directory without
 * one is no backup.
 */
final class Backup {

    private static final String DATABASE = "database.sql";
    private static final String LIST = "files.sha256";
    private static final String DESCRIPTION = "backup.json";
    private static final String ARTIFACTS = "artifacts";
    private static final String KEYS = "keys";

    /** The last line of a dump that was not cut short. */
    private static final String COMPLETED = "-- Dump completed";

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What a backup says of itself.
     *
     * @param embedded whether the database is the embedded one, and the statements are in its language
     * @param files digest of the list of all files
     * @param auditEntries entries of the audit trail that were committed before the copy began; 0 where that is not known
     * @param lastAuditEntry number of the last of them
     * @param artifacts files of the store
     * @param bytes their size
     */
    record Description(
            boolean embedded, String files, long auditEntries, long lastAuditEntry, long artifacts, long bytes) {}

    private final Path directory;

    Backup(Path directory) {
        this.directory = directory;
    }

    /**
     * Copies an installation, which may go on working.
     *
     * @param dump the program that dumps a server's schema; a file {@code database.sql} that it wrote before is taken as it is
     * @param told hears of each fault of the installation, and in the end what was copied
     * @return the number of faults; with some of them the backup is complete, and as faulty as the installation
     */
    int write(Place place, List<String> dump, Consumer<String> told) throws IOException, SQLException {
        Path database = directory.resolve(DATABASE);
        createPrivate(directory);
        boolean given = !place.embedded() && Files.exists(database);
        try (Stream<Path> present = Files.list(directory)) {
            Optional<Path> other =
                    present.filter(file -> !given || !file.equals(database)).findFirst();
            if (other.isPresent()) {
                throw new BackupRefused(
                        directory + " is not empty: it holds " + other.get().getFileName());
            }
        }
        if (given) {
            requireWhole(database);
        }
        long entries = 0;
        long last = 0;
        List<String> faults = new ArrayList<>();
        Map<String, String> named;
        try (Connection connection = place.connection()) {
            // Written before these rows, their files are among what is copied next.
            named = Verification.named(connection, faults::add);
            // A dump that is there already is of an earlier moment, for which these numbers would be too high.
            if (!given) {
                entries = Verification.number(connection, "select count(*) from audit_entry");
                last = Verification.number(connection, "select coalesce(max(seq), 0) from audit_entry");
                copyDatabase(connection, place, dump, database);
            }
        }
        Map<String, String> list = new TreeMap<>();
        list.put(DATABASE, digest(database));
        long bytes = 0;
        List<Path> artifacts = Verification.files(place.artifacts());
        for (Path file : artifacts) {
            Path copy = directory
                    .resolve(ARTIFACTS)
                    .resolve(place.artifacts().relativize(file).toString());
            copyPrivate(file, copy);
            list.put(directory.relativize(copy).toString(), digest(copy));
            bytes += Files.size(copy);
        }
        int keys = 0;
        for (Map.Entry<String, Path> key : place.keys().entrySet()) {
            if (Files.exists(key.getValue())) {
                Path copy = directory.resolve(KEYS).resolve(key.getKey());
                copyPrivate(key.getValue(), copy);
                list.put(directory.relativize(copy).toString(), digest(copy));
                keys++;
            }
        }
        StringBuilder lines = new StringBuilder();
        list.forEach(
                (file, digest) -> lines.append(digest).append("  ").append(file).append('\n'));
        Files.writeString(directory.resolve(LIST), lines);
        Path unfinished = directory.resolve(DESCRIPTION + ".new");
        JSON.writeValue(
                unfinished.toFile(),
                new Description(
                        place.embedded(), digest(directory.resolve(LIST)), entries, last, artifacts.size(), bytes));
        Files.move(unfinished, directory.resolve(DESCRIPTION), StandardCopyOption.ATOMIC_MOVE);

        Verification.digests(directory.resolve(ARTIFACTS), faults::add);
        Verification.missing(named, directory.resolve(ARTIFACTS), faults::add);
        faults.forEach(told);
        told.accept("%s holds the database, %d files of the store with %d bytes, and %d keys%s"
                .formatted(
                        directory,
                        artifacts.size(),
                        bytes,
                        keys,
                        faults.isEmpty() ? "" : "; " + faults.size() + " faults were there before"));
        return faults.size();
    }

    /**
     * Reads what the backup says of itself and looks whether it still has all of it.
     *
     * @throws BackupRefused when something is missing or was changed
     */
    Description read() throws IOException {
        Path file = directory.resolve(DESCRIPTION);
        if (!Files.exists(file)) {
            throw new BackupRefused(directory + " is no complete backup: " + DESCRIPTION + " is missing");
        }
        Description description = JSON.readValue(file.toFile(), Description.class);
        requireUnchanged(LIST, description.files());
        for (Map.Entry<String, String> listed : list().entrySet()) {
            requireUnchanged(listed.getKey(), listed.getValue());
        }
        return description;
    }

    private void requireUnchanged(String name, String digest) throws IOException {
        Path file = directory.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new BackupRefused("The backup is incomplete: " + file + " is missing");
        }
        if (!digest(file).equals(digest)) {
            throw new BackupRefused("The backup is damaged: " + file + " was changed after it was made");
        }
    }

    /** Digests of the files by their names. */
    private Map<String, String> list() throws IOException {
        Map<String, String> list = new TreeMap<>();
        for (String line : Files.readAllLines(directory.resolve(LIST))) {
            list.put(line.substring(66), line.substring(0, 64));
        }
        return list;
    }

    /**
     * Puts everything into an empty place, and gives the accounts of that place their rights.
     *
     * @param settings of the program, for the migration
     * @param told hears of each fault that is found afterwards, and what was looked at
     * @return the number of faults
     * @throws BackupRefused before anything is changed, when the backup is not whole or the place not empty
     * @throws IOException when it fails on the way; the message says what has to be emptied
     */
    int restore(Place place, String[] settings, Consumer<String> told) throws IOException, SQLException {
        Description description = read();
        if (description.embedded() != place.embedded()) {
            throw new BackupRefused(
                    description.embedded()
                            ? "The backup is one of the embedded database, and this place has a server"
                            : "The backup is one of a database server, and this place has the embedded database");
        }
        requireEmpty(place);
        try {
            Place target = fill(place);
            Migrator.run(settings);
            return new Verification(target).faults(description, told);
        } catch (IOException | SQLException | RuntimeException failure) {
            throw new IOException(
                    "The backup is restored in part at most: " + failure.getMessage()
                            + "\nBefore it is restored again, or the" + " program is started, please empty "
                            + place.whatToEmpty(),
                    failure);
        }
    }

    /** The store and the keys first: a database that names what is not there yet could be worked with. */
    private Place fill(Place place) throws IOException, SQLException {
        for (String file : list().keySet()) {
            if (file.startsWith(ARTIFACTS + "/")) {
                copyPrivate(directory.resolve(file), place.artifacts().resolve(file.substring(ARTIFACTS.length() + 1)));
            }
        }
        for (Map.Entry<String, Path> key : place.keys().entrySet()) {
            Path kept = directory.resolve(KEYS).resolve(key.getKey());
            if (Files.exists(kept)) {
                copyPrivate(kept, key.getValue());
            }
        }
        Place target = place;
        if (place.embedded()) {
            Properties passwords = new Properties();
            try (InputStream in = Files.newInputStream(directory.resolve(KEYS).resolve(Place.ACCOUNTS))) {
                passwords.load(in);
            }
            target = place.with(passwords.getProperty("migrator"));
        }
        try (Connection connection = target.created()) {
            if (target.embedded()) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("runscript from " + quoted(directory.resolve(DATABASE)) + " charset 'UTF-8'");
                }
            } else {
                load(connection, directory.resolve(DATABASE));
            }
            outrun(connection);
        }
        return target;
    }

    /**
     * Targets live on while the database goes back, and refuse whatever comes under a lower fence than they have seen. A second has
     * passed for each fence that was drawn after the backup, so that the time outruns them all, those of an earlier restore included.
     * Targets that are not among these rows begin at the time by themselves.
     */
    private static void outrun(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("update effect_fence set fence = greatest(fence, "
                    + Clock.systemUTC().instant().getEpochSecond() + ")");
        }
    }

    private void requireEmpty(Place place) throws IOException, SQLException {
        if (!Verification.files(place.artifacts()).isEmpty()) {
            throw new BackupRefused("The artifact store " + place.artifacts() + " is not empty");
        }
        Optional<String> occupied = place.occupied();
        if (occupied.isPresent()) {
            throw new BackupRefused(occupied.get());
        }
        for (Map.Entry<String, Path> key : place.keys().entrySet()) {
            Path kept = directory.resolve(KEYS).resolve(key.getKey());
            // Passwords of a database that is not there are no use to anybody.
            if (!key.getKey().equals(Place.ACCOUNTS)
                    && Files.exists(kept)
                    && Files.exists(key.getValue())
                    && Files.mismatch(kept, key.getValue()) >= 0) {
                throw new BackupRefused("There is another file " + key.getValue() + " already; please move it away");
            }
        }
    }

    /** In a directory of its owner alone, because the embedded database lets everybody read what it writes. */
    private void copyDatabase(Connection connection, Place place, List<String> dump, Path database)
            throws IOException, SQLException {
        Path unfinished = Files.createTempDirectory(directory, "unfinished");
        Path file = unfinished.resolve(DATABASE);
        try {
            if (place.embedded()) {
                script(connection, file);
            } else {
                dump(dump, place, file);
            }
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            Files.move(file, database, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(unfinished);
        }
    }

    /** Writes the embedded database as of one moment, whatever is committed meanwhile. */
    private static void script(Connection connection, Path file) throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        try (Statement statement = connection.createStatement()) {
            statement.execute("script to " + quoted(file) + " charset 'UTF-8'");
        }
        connection.rollback();
    }

    private static String quoted(Path file) {
        return "'" + file.toAbsolutePath().toString().replace("'", "''") + "'";
    }

    private static void dump(List<String> program, Place place, Path file) throws IOException {
        List<String> command = new ArrayList<>(program);
        command.addAll(place.client());
        // The one of MariaDB does not know what the one of MySQL has to be told about its log.
        command.addAll(List.of(
                "--single-transaction",
                "--quick",
                "--hex-blob",
                "--no-tablespaces",
                "--skip-triggers",
                "--loose-set-gtid-purged=OFF",
                place.schema()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.to(file.toFile()));
        builder.environment().put("MYSQL_PWD", place.ownerPassword());
        try {
            int code = builder.start().waitFor();
            if (code != 0) {
                throw new IOException(program.get(0) + " ended with " + code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while " + program.get(0) + " ran", e);
        }
        requireWhole(file);
    }

    private static void requireWhole(Path dump) throws IOException {
        byte[] end = new byte[200];
        int read;
        try (RandomAccessFile file = new RandomAccessFile(dump.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - end.length));
            read = Math.max(0, file.read(end));
        }
        if (!new String(end, 0, read, StandardCharsets.UTF_8).contains(COMPLETED)) {
            throw new BackupRefused("The dump " + dump + " was cut short: it does not end with \"" + COMPLETED + "\"");
        }
    }

    /** Runs a dump; in it a statement ends where a line ends with a semicolon, because no text of a row has an end of line. */
    private static void load(Connection connection, Path dump) throws IOException, SQLException {
        try (BufferedReader lines = Files.newBufferedReader(dump);
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            StringBuilder sql = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (sql.isEmpty() && (line.isBlank() || line.startsWith("--"))) {
                    continue;
                }
                sql.append(line).append('\n');
                if (line.endsWith(";")) {
                    statement.execute(sql.toString());
                    sql.setLength(0);
                }
            }
        }
    }

    private static void copyPrivate(Path from, Path to) throws IOException {
        createPrivate(parent(to));
        Files.deleteIfExists(to);
        Files.createFile(to, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream out = Files.newOutputStream(to)) {
            Files.copy(from, out);
        }
    }

    private static void createPrivate(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    private static Path parent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException(file + " is no file in a directory");
        }
        return parent;
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
