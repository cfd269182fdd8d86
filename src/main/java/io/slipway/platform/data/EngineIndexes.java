package io.slipway.platform.data;

import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Indexes on tables of the engine that its scripts lack: of the subtasks it asks for with each task that is completed, which would read
 * all open tasks, and of the process of a release, the one with its key that has no parent. For the latter there are two indexes of one
 * column each, and the embedded database takes the wrong one when its statistics say so.
 */
@Component
class EngineIndexes implements JavaMigration {

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("203");
    }

    @Override
    public String getDescription() {
        return "engine indexes";
    }

    @Override
    public @Nullable Integer getChecksum() {
        return 203;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return false;
    }

    @Override
    public void migrate(Context context) throws SQLException {
        try (Statement statement = context.getConnection().createStatement()) {
            statement.execute("create index SLIPWAY_TASK_PARENT on ACT_RU_TASK (PARENT_TASK_ID_)");
            statement.execute("create index SLIPWAY_EXECUTION_KEY on ACT_RU_EXECUTION (BUSINESS_KEY_, PARENT_ID_)");
        }
    }
}
