package io.slipway.backup;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.backup.Backup.Description;
import io.slipway.platform.data.Canonical;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether database and artifact store belong together: each file has the bytes that its name says, each file that a row names is there,
 * each sealed package has the manifest that its digest says and all of its files, and no entry of the audit trail is gone that a backup
 * had counted.
 */
final class Verification {

    /** Which columns name files of the store, with what a reader understands of the row. */
    private static final List<String> NAMED = List.of(
            "select sha256, concat('the file ', name) from package_file",
            "select sha256, concat('the evidence ', name) from gate_evidence",
            "select log_sha256, 'the log of a build' from build_record");

    private final Place place;

    Verification(Place place) {
        this.place = place;
    }

    /**
     * Looks at everything.
     *
     * @param backup what the backup had counted; null where none is known
     * @param told hears what was looked at, and of each fault
     * @return the number of faults
     */
    int faults(@Nullable Description backup, Consumer<String> told) throws IOException, SQLException {
        Faults faults = new Faults(told);
        long files = 0;
        Path store = place.artifacts().resolve("sha256");
        if (Files.exists(store)) {
            try (Stream<Path> found = Files.walk(store)) {
                for (Path file : (Iterable<Path>) found.filter(Files::isRegularFile)::iterator) {
                    files++;
                    if (!Backup.digest(file).equals(String.valueOf(file.getFileName()))) {
                        faults.add(file + " has other bytes than its name says");
                    }
                }
            }
        }
        try (Connection connection = place.connection()) {
            long named = 0;
            for (String sql : NAMED) {
                try (Statement statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery(sql)) {
                    while (rows.next()) {
                        named++;
                        present(rows.getString(1), rows.getString(2), faults);
                    }
                }
            }
            long packages = seals(connection, faults);
            long entries = audit(connection, backup, faults);
            told.accept("%d files in the store, %d named by rows, %d sealed packages, %d audit entries, %d faults"
                    .formatted(files, named, packages, entries, faults.count));
        }
        return faults.count;
    }

    private long seals(Connection connection, Faults faults) throws SQLException {
        long packages = 0;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select manifest, digest from package_seal")) {
            while (rows.next()) {
                packages++;
                JsonNode manifest = Canonical.read(rows.getString(1));
                String owner = "package " + rows.getString(2) + " of "
                        + manifest.path("release").asText();
                if (!Canonical.digest(manifest).equals(rows.getString(2))) {
                    faults.add("The " + owner + " has another manifest than its digest says");
                }
                for (JsonNode file : manifest.path("files")) {
                    present(
                            file.path("sha256").asText(),
                            "the file " + file.path("name").asText() + " of the " + owner,
                            faults);
                }
            }
        }
        return packages;
    }

    private static long audit(Connection connection, @Nullable Description backup, Faults faults) throws SQLException {
        long entries = 0;
        long before = 0;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select seq from audit_entry")) {
            while (rows.next()) {
                entries++;
                if (backup != null && rows.getLong(1) <= backup.lastAuditEntry()) {
                    before++;
                }
            }
        }
        if (backup != null && before < backup.auditEntries()) {
            faults.add("Of the audit trail " + (backup.auditEntries() - before) + " entries are gone");
        }
        return entries;
    }

    private void present(String sha256, String what, Faults faults) {
        if (!Files.exists(place.artifacts()
                .resolve("sha256")
                .resolve(sha256.substring(0, 2))
                .resolve(sha256.substring(2, 4))
                .resolve(sha256))) {
            faults.add("The store lacks " + what + " (" + sha256 + ")");
        }
    }

    private static final class Faults {

        private final Consumer<String> told;
        private int count;

        Faults(Consumer<String> told) {
            this.told = told;
        }

        void add(String fault) {
            count++;
            told.accept(fault);
        }
    }
}
