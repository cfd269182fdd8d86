package io.slipway.platform.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.ProcessEngine;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Creates the engine's tables from the scripts that the engine ships, read from the class path when the migration runs.
 *
 * <p>On MySQL those scripts ask for three-byte UTF-8, in which an emoji in a task name fails; they are read with four-byte UTF-8
 * and the binary collation that our own tables have.
 *
 * <p>Two of their constraints are left out on MySQL, those by which an incident names the incident that caused it and the first of the
 * chain. The script lets both delete in cascade, because the first incident of a chain names itself. Since version 9.6 MySQL follows
 * foreign keys above its storage engine, counts a table that is reached by two such constraints anew on each way, and refuses to delete
 * any incident ("exceeds max tables limit of 30"); without the cascade it refuses to delete the one that names itself. The engine needs
 * neither: it deletes the incidents of the calling processes itself, as it does on every other database, whose scripts have no cascade.
 * The one cascade left, of an execution that names itself as its process instance, is the only one of its table and is followed.
 */
@Component
class EngineSchema implements JavaMigration {

    private static final List<String> PARTS = List.of(
            "engine", "history", "identity", "case.engine", "case.history", "decision.engine", "decision.history");

    /** Constraints of the MySQL script that would keep every incident from being deleted. */
    private static final Set<String> LEFT_OUT = Set.of("ACT_FK_INC_CAUSE", "ACT_FK_INC_RCAUSE");

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("1");
    }

    @Override
    public String getDescription() {
        return "engine schema 7.24";
    }

    /** Stays the same: the scripts belong to one engine version, and an upgrade of the engine brings a migration of its own. */
    @Override
    public @Nullable Integer getChecksum() {
        return 724;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return false;
    }

    @Override
    public void migrate(Context context) throws SQLException, IOException {
        Connection connection = context.getConnection();
        String product = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
        String dialect = "h2".equals(product) ? "h2" : "mysql";
        try (Statement statement = connection.createStatement()) {
            for (String part : PARTS) {
                for (String sql : statements(dialect, part)) {
                    if ("h2".equals(dialect) || LEFT_OUT.stream().noneMatch(name -> adds(sql, name))) {
                        statement.execute(sql);
                    }
                }
            }
        }
    }

    private static boolean adds(String sql, String constraint) {
        return Pattern.compile("add\\s+constraint\\s+" + constraint + "\\s", Pattern.CASE_INSENSITIVE)
                .matcher(sql)
                .find();
    }

    private static List<String> statements(String dialect, String part) throws IOException {
        String name = "/org/camunda/bpm/engine/db/create/activiti." + dialect + ".create." + part + ".sql";
        try (InputStream in = ProcessEngine.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("The engine ships no script " + name);
            }
            String script = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("(?m)^\\s*--.*$", "")
                    .replace("CHARSET=utf8 COLLATE utf8_bin", "CHARSET=utf8mb4 COLLATE utf8mb4_bin");
            return List.of(script.split(";")).stream()
                    .map(String::strip)
                    .filter(sql -> !sql.isEmpty())
                    .toList();
        }
    }
}
