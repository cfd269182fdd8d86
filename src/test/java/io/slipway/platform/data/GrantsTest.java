package io.slipway.platform.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

/** What the application's account commits to the embedded database. */
class GrantsTest {

    private static final String APPLICATION = "APPLICATION";
    private static final String PASSWORD = "secret";

    @TempDir
    Path directory;

    @Test
    @Capability("X4")
    void whatTheApplicationCommittedIsInTheFileAtOnce() throws SQLException, IOException {
        String url = "jdbc:h2:file:" + directory.resolve("live") + ";DB_CLOSE_ON_EXIT=FALSE";
        try (Connection keeper = DriverManager.getConnection(url, "MIGRATOR", PASSWORD)) {
            keeper.createStatement().execute("create table note (id integer)");
            Flyway.configure()
                    .dataSource(url, "MIGRATOR", PASSWORD)
                    .locations("classpath:none")
                    .baselineOnMigrate(true)
                    .callbacks(new Grants(new MockEnvironment()
                            .withProperty("spring.datasource.username", APPLICATION)
                            .withProperty("spring.datasource.password", PASSWORD)))
                    .load()
                    .migrate();
            try (Connection application = DriverManager.getConnection(url, APPLICATION, PASSWORD)) {
                application.setAutoCommit(false);
                application.createStatement().execute("insert into note values (1)");
                application.commit();
                // What is in the file now is what a killed program leaves.
                Files.copy(directory.resolve("live.mv.db"), directory.resolve("left.mv.db"));
            }
        }
        try (Connection left =
                        DriverManager.getConnection("jdbc:h2:file:" + directory.resolve("left"), "MIGRATOR", PASSWORD);
                ResultSet rows = left.createStatement().executeQuery("select count(*) from note")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(1);
        }
    }
}
