package io.slipway.backup;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.backup.Backup.Description;
import io.slipway.platform.data.Canonical;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether database and artifact store belong together: each file has the bytes that its name says, each file that a row names is there,
 * each sealed package has the manifest that its digest says, and no entry of the audit trail is gone that a backup had counted.
 */
final class Verification {

    /** Which rows name a file of the store, with what a reader understands of it. */
    private static final List<String> NAMED = List.of(
            "select sha256, concat('the file ', name) from package_file",
            "select sha256, concat('the evidence ', name) from gate_evidence",
            "select log_sha256, concat('the log of build ', request_id) from build_record");

    /** Which rows name several of them in a text of theirs, with what a reader calls the row and its text. */
    private static final List<String> NAMED_IN_TEXT = List.of(
            "select manifest, concat('sealed package ', digest), 'manifest' from package_seal",
            "select outputs, concat('build ', request_id), 'list of outputs' from build_record",
            "select plan, concat('deployment of ', business_key), 'plan' from deployment where plan is not null");

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private final Place place;

    Verification(Place place) {
        this.place = place;
    }

    /**
     * Looks at everything.
     *
     * @param backup what the backup had counted; null where none is known
     * @param told hears of each fault, and in the end what was looked at
     * @return the number of faults
     */
    int faults(@Nullable Description backup, Consumer<String> told) throws IOException, SQLException {
        Faults faults = new Faults(told);
        long files = digests(place.artifacts(), faults);
        try (Connection connection = place.connection()) {
            Map<String, String> named = named(connection, faults);
            missing(named, place.artifacts(), faults);
            long packages = seals(connection, faults);
            long entries = number(connection, "select count(*) from audit_entry");
            if (backup != null) {
                long kept =
                        number(connection, "select count(*) from audit_entry where seq <= " + backup.lastAuditEntry());
                if (kept < backup.auditEntries()) {
                    faults.accept("Of the audit trail " + (backup.auditEntries() - kept) + " entries are gone");
                }
            }
            told.accept("%d files in the store, %d named by rows, %d sealed packages, %d audit entries; %s"
                    .formatted(
                            files,
                            named.size(),
                            packages,
                            entries,
                            faults.count == 0 ? "no fault" : faults.count + " with faults"));
        }
        return faults.count;
    }

    /** Tells of each file of a store that is not where its digest puts it, or has other bytes than its name says, and counts all. */
    private static long digests(Path artifacts, Consumer<String> fault) throws IOException {
        long files = 0;
        for (Path file : files(artifacts)) {
            files++;
            Optional<String> misplaced = misplaced(artifacts, file);
            if (misplaced.isPresent()) {
                fault.accept(misplaced.get());
            } else if (!Backup.digest(file).equals(String.valueOf(file.getFileName()))) {
                fault.accept(otherBytes(file));
            }
        }
        return files;
    }

    /** What a reader is told of a damaged file. */
    static String otherBytes(Path file) {
        return "The file " + file + " of the store has other bytes than its name says";
    }

    /** Why something in a store is no file of it, however its bytes are; empty when it may be one. */
    static Optional<String> misplaced(Path artifacts, Path file) {
        String name = String.valueOf(file.getFileName());
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(file + " in the store is no file, or a link to one that is elsewhere");
        }
        return DIGEST.matcher(name).matches() && file.equals(Place.file(artifacts, name))
                ? Optional.empty()
                : Optional.of("The file " + file + " is not where the store keeps one of that name");
    }

    /** What a store keeps, links included; what is only being written is not among it. */
    static List<Path> files(Path artifacts) throws IOException {
        Path kept = artifacts.resolve("sha256");
        if (!Files.exists(kept, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(kept)) {
            return found.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
    }

    /** Digests of all files that rows name, each with what it is; tells of each row whose text cannot be read. */
    static Map<String, String> named(Connection connection, Consumer<String> fault) throws SQLException {
        Map<String, String> named = new TreeMap<>();
        for (String sql : NAMED) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    named.putIfAbsent(rows.getString(1), rows.getString(2));
                }
            }
        }
        for (String sql : NAMED_IN_TEXT) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    String owner = rows.getString(2);
                    Optional<JsonNode> text = readable(rows.getString(1));
                    if (text.isEmpty()) {
                        fault.accept("The " + owner + " has no readable " + rows.getString(3));
                        continue;
                    }
                    for (JsonNode file : text.get().findParents("sha256")) {
                        named.putIfAbsent(
                                file.path("sha256").asText(),
                                "the file " + file.path("name").asText() + " of the " + owner);
                    }
                }
            }
        }
        return named;
    }

    /** What a text says; empty when it is damaged. */
    private static Optional<JsonNode> readable(String text) {
        try {
            return Optional.of(Canonical.read(text)).filter(JsonNode::isContainerNode);
        } catch (IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    /** Tells of each file that rows name and a store lacks. */
    static void missing(Map<String, String> named, Path artifacts, Consumer<String> fault) {
        named.forEach((sha256, what) -> {
            if (!DIGEST.matcher(sha256).matches()) {
                fault.accept("A row gives " + what + " a digest that is none: " + sha256);
            } else if (!Files.exists(Place.file(artifacts, sha256))) {
                fault.accept("The store lacks " + what + " (" + sha256 + ")");
            }
        });
    }

    private static long seals(Connection connection, Consumer<String> fault) throws SQLException {
        long packages = 0;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select manifest, digest from package_seal")) {
            while (rows.next()) {
                packages++;
                String digest = rows.getString(2);
                // One that cannot be read was told of where its files were looked for.
                readable(rows.getString(1))
                        .filter(manifest -> !hasDigest(manifest, digest))
                        .ifPresent(manifest -> fault.accept("The sealed package " + digest + " of "
                                + manifest.path("release").asText() + " has another manifest than its digest says"));
            }
        }
        return packages;
    }

    private static boolean hasDigest(JsonNode manifest, String digest) {
        try {
            return Canonical.digest(manifest).equals(digest);
        } catch (IllegalArgumentException neverWritten) {
            return false;
        }
    }

    /** The one number that a query gives. */
    static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static final class Faults implements Consumer<String> {

        private final Consumer<String> told;
        private int count;

        Faults(Consumer<String> told) {
            this.told = told;
        }

        @Override
        public void accept(String fault) {
            count++;
            told.accept(fault);
        }
    }
}
