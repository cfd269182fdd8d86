package io.slipway.platform.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
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
 */
@Component
class EngineSchema implements JavaMigration {

    private static final List<String> PARTS = List.of(
            "engine", "history", "identity", "case.engine", "case.history", "decision.engine", "decision.history");

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
                    statement.execute(sql);
                }
            }
        }
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
