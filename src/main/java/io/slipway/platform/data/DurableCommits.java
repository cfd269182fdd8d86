package io.slipway.platform.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.stereotype.Component;

/**
 * Migrates, and then lets every commit reach the file of an embedded database before it is answered; otherwise a killed program loses
 * what it committed in its last half second.
 *
 * <p>H2 keeps this setting and heeds it no more once the database was closed and opened again, as it is between the migration and the
 * first connection of the pool. So it is made while the pool opens that connection, which holds the database open from then on. Only
 * the migrator may make it, which is why it is not part of the address that both accounts use.
 */
@Component
class DurableCommits implements FlywayMigrationStrategy {

    private final DataSource pool;

    DurableCommits(DataSource pool) {
        this.pool = pool;
    }

    @Override
    public void migrate(Flyway flyway) {
        flyway.migrate();
        DataSource migrator = Objects.requireNonNull(flyway.getConfiguration().getDataSource());
        try (Connection connection = migrator.getConnection()) {
            if ("H2".equals(connection.getMetaData().getDatabaseProductName())) {
                // It stays open in the pool.
                pool.getConnection().close();
                try (Statement statement = connection.createStatement()) {
                    statement.execute("set write_delay 0");
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The embedded database could not be told to write every commit at once", e);
        }
    }
}
