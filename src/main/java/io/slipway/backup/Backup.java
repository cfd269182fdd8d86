package io.slipway.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.slipway.platform.data.Migrator;
import java.io.BufferedReader;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

    private static final String DATABASE = FileList.DATABASE;
    private static final String LIST = FileList.NAME;
    private static final String DESCRIPTION = "backup.json";
    private static final String ARTIFACTS = FileList.ARTIFACTS;
    private static final String KEYS = FileList.KEYS;

    /** Where nodes are known that live. */
    private static final Set<String> NODES = Set.of("NODE", "NODE_TURN");

    /** Where those who have signed in are known. Whoever reads such a row may do what the person may, so no backup is to have one. */
    private static final Set<String> SESSIONS = Set.of("SPRING_SESSION", "SPRING_SESSION_ATTRIBUTES");

    /** The last line of a dump that was not cut short. */
    private static final String COMPLETED = "-- Dump completed";

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

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
     * @return the number of faults; with some of them the backup is complete, and as faulty as the installation, whose damaged files it
     *     leaves out
     */
    int write(Place place, List<String> dump, Consumer<String> told) throws IOException, SQLException {
        Path database = directory.resolve(DATABASE);
        createPrivate(directory);
        boolean given = !place.embedded() && Files.isRegularFile(database, LinkOption.NOFOLLOW_LINKS);
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
        SortedMap<String, String> list = new TreeMap<>();
        list.put(DATABASE, digest(database));
        long bytes = 0;
        long artifacts = 0;
        for (Path file : Verification.files(place.artifacts())) {
            Optional<String> misplaced = Verification.misplaced(place.artifacts(), file);
            if (misplaced.isPresent()) {
                faults.add(misplaced.get());
                continue;
            }
            Path copy = directory
                    .resolve(ARTIFACTS)
                    .resolve(place.artifacts().relativize(file).toString());
            copyPrivate(file, copy);
            String digest = digest(copy);
            if (!digest.equals(String.valueOf(file.getFileName()))) {
                // It could not be given to anybody, and a backup with it could not be told from one that was damaged
                // later.
                Files.delete(copy);
                faults.add(Verification.otherBytes(file));
                continue;
            }
            list.put(directory.relativize(copy).toString(), digest);
            bytes += Files.size(copy);
            artifacts++;
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
        Files.writeString(directory.resolve(LIST), FileList.text(list));
        Path unfinished = directory.resolve(DESCRIPTION + ".new");
        JSON.writeValue(
                unfinished.toFile(),
                new Description(place.embedded(), digest(directory.resolve(LIST)), entries, last, artifacts, bytes));
        Files.move(unfinished, directory.resolve(DESCRIPTION), StandardCopyOption.ATOMIC_MOVE);

        Verification.missing(named, directory.resolve(ARTIFACTS), faults::add);
        faults.forEach(told);
        told.accept("%s holds the database, %d files of the store with %d bytes, and %d keys%s"
                .formatted(
                        directory,
                        artifacts,
                        bytes,
                        keys,
                        faults.isEmpty() ? "" : "; " + faults.size() + " faults were there before"));
        return faults.size();
    }

    /**
     * A backup of which everything was looked at.
     *
     * @param description what it says of itself
     * @param files digests of its files by their names, all of which may be copied
     */
    record Whole(Description description, SortedMap<String, String> files) {}

    /**
     * Looks whether the backup has all that its list names, as it was, and nothing else.
     *
     * @param place that it is for
     * @throws BackupRefused when something is missing, was changed or is not of a backup
     */
    Whole read(Place place) throws IOException {
        Path file = directory.resolve(DESCRIPTION);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new BackupRefused(directory + " is no complete backup: " + DESCRIPTION + " is missing");
        }
        SortedSet<String> present = FileList.present(directory);
        Description description = description(file);
        if (description.embedded() != place.embedded()) {
            throw new BackupRefused(
                    description.embedded()
                            ? "The backup is one of the embedded database, and this place has a server"
                            : "The backup is one of a database server, and this place has the embedded database");
        }
        requireUnchanged(LIST, description.files());
        SortedMap<String, String> files = FileList.read(directory, place.keys().keySet());
        for (String name : present) {
            if (!files.containsKey(name) && !name.equals(LIST) && !name.equals(DESCRIPTION)) {
                throw new BackupRefused(directory.resolve(name) + " is named by no line of " + directory.resolve(LIST)
                        + ". Nothing was restored; please move it away if it is known how it came there");
            }
        }
        for (Map.Entry<String, String> listed : files.entrySet()) {
            requireUnchanged(listed.getKey(), listed.getValue());
        }
        return new Whole(description, files);
    }

    private static Description description(Path file) throws IOException {
        byte[] text = Files.readAllBytes(file);
        try {
            Description description = JSON.readValue(text, Description.class);
            if (description != null
                    && DIGEST.matcher(description.files()).matches()
                    && description.auditEntries() >= 0
                    && description.lastAuditEntry() >= 0) {
                return description;
            }
        } catch (JsonProcessingException damaged) {
            throw FileList.refused("Line " + line(damaged) + " of " + file + " is none of the description of a backup");
        } catch (CharConversionException damaged) {
            throw FileList.refused(file + " is no text");
        }
        throw FileList.refused(file + " has no digest of a list and no numbers that count");
    }

    private static int line(JsonProcessingException damaged) {
        return damaged.getLocation() == null
                ? 1
                : Math.max(1, damaged.getLocation().getLineNr());
    }

    private void requireUnchanged(String name, String digest) throws IOException {
        Path file = directory.resolve(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw FileList.refused("The backup is incomplete: " + file + " is missing");
        }
        if (!digest(file).equals(digest)) {
            throw FileList.refused("The backup is damaged: " + file + " was changed after it was made");
        }
    }

    /** The password that the owner of the embedded database has; nobody else could open it. */
    private String ownersPassword(SortedMap<String, String> files) throws IOException {
        String name = KEYS + "/" + Place.ACCOUNTS;
        if (!files.containsKey(name)) {
            throw FileList.refused(directory.resolve(LIST) + " has no line for " + name);
        }
        Properties passwords = new Properties();
        try (InputStream in = Files.newInputStream(directory.resolve(name))) {
            passwords.load(in);
        } catch (IllegalArgumentException damaged) {
            throw FileList.refused(directory.resolve(name) + " has a line that cannot be read");
        }
        String password = passwords.getProperty("migrator");
        if (password == null) {
            throw FileList.refused(directory.resolve(name) + " has no line for migrator");
        }
        return password;
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
        Whole backup = read(place);
        Place target = place.embedded() ? place.with(ownersPassword(backup.files())) : place;
        requireEmpty(place);
        try {
            fill(target, backup.files());
            Migrator.run(settings);
            return new Verification(target).faults(backup.description(), told);
        } catch (IOException | SQLException | RuntimeException failure) {
            throw new IOException(
                    "The backup is restored in part at most: " + failure.getMessage()
                            + "\nBefore it is restored again, or the" + " program is started, please empty "
                            + place.whatToEmpty(),
                    failure);
        }
    }

    /** The store and the keys first: a database that names what is not there yet could be worked with. */
    private void fill(Place target, SortedMap<String, String> files) throws IOException, SQLException {
        for (String file : files.keySet()) {
            if (file.startsWith(ARTIFACTS + "/")) {
                copyPrivate(
                        directory.resolve(file), target.artifacts().resolve(file.substring(ARTIFACTS.length() + 1)));
            }
        }
        for (Map.Entry<String, Path> key : target.keys().entrySet()) {
            String kept = KEYS + "/" + key.getKey();
            if (files.containsKey(kept)) {
                copyPrivate(directory.resolve(kept), key.getValue());
            }
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
            endWhatLived(connection);
        }
    }

    /** Sessions, which a dump that somebody else made may have, and the nodes of that day, which would fall silent here. */
    private static void endWhatLived(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>(sessions(connection));
        Place.tables(connection).stream()
                .filter(table -> NODES.contains(table.toUpperCase(Locale.ROOT)))
                .forEach(tables::add);
        try (Statement statement = connection.createStatement()) {
            for (String table : tables) {
                statement.executeUpdate("delete from " + table);
            }
        }
    }

    /** Tables of sessions, those first that name others; none where the schema is older than they are. */
    private static List<String> sessions(Connection connection) throws SQLException {
        return Place.tables(connection).stream()
                .filter(Backup::isOfSessions)
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    private static boolean isOfSessions(String table) {
        return SESSIONS.contains(table.toUpperCase(Locale.ROOT));
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
                dump(dump, place, sessions(connection), file);
            }
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            Files.move(file, database, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(unfinished);
        }
    }

    /** Writes the embedded database as of one moment, whatever is committed meanwhile, and of sessions nothing but where they go. */
    private static void script(Connection connection, Path file) throws IOException, SQLException {
        String kept = Place.tables(connection).stream()
                .filter(table -> !isOfSessions(table))
                .map(Backup::identifier)
                .collect(Collectors.joining(", "));
        List<String> sessions =
                sessions(connection).stream().map(Backup::identifier).toList();
        List<String> empty = new ArrayList<>();
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        try (Statement statement = connection.createStatement()) {
            statement.execute("script to " + quoted(file) + " charset 'UTF-8' table " + kept);
            if (!sessions.isEmpty()) {
                try (ResultSet script = statement.executeQuery("script nodata table " + String.join(", ", sessions))) {
                    while (script.next()) {
                        // Accounts are in it as well, and have been written.
                        String sql = script.getString(1);
                        if (sessions.stream().anyMatch(sql::contains)) {
                            empty.add(sql);
                        }
                    }
                }
            }
        }
        connection.rollback();
        Files.write(file, empty, StandardOpenOption.APPEND);
    }

    private static String identifier(String table) {
        return '"' + table.replace("\"", "\"\"") + '"';
    }

    private static String quoted(Path file) {
        return "'" + file.toAbsolutePath().toString().replace("'", "''") + "'";
    }

    /** Of sessions the tables alone; only the program of MariaDB can leave rows out in the same run. */
    private static void dump(List<String> program, Place place, List<String> sessions, Path file) throws IOException {
        List<String> all = new ArrayList<>();
        sessions.forEach(table -> all.add("--ignore-table=" + place.schema() + "." + table));
        all.add(place.schema());
        dump(program, place, file, all);
        if (!sessions.isEmpty()) {
            List<String> empty = new ArrayList<>(List.of("--no-data", place.schema()));
            empty.addAll(sessions);
            dump(program, place, file, empty);
        }
    }

    private static void dump(List<String> program, Place place, Path file, List<String> what) throws IOException {
        List<String> command = new ArrayList<>(program);
        command.addAll(place.client());
        // What is loose is a warning to programs that do not know it: MariaDB's has no such log, and only 9.7 of MySQL
        // looks for
        // masking policies, which the owner of a schema may not, and takes that for an error.
        command.addAll(List.of(
                "--single-transaction",
                "--quick",
                "--hex-blob",
                "--no-tablespaces",
                "--skip-triggers",
                "--loose-set-gtid-purged=OFF",
                "--loose-skip-masking-policies"));
        command.addAll(what);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(file.toFile()));
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
