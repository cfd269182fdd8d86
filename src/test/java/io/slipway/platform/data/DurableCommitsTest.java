package io.slipway.platform.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.slipway.Capability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

/** What the application's account commits to the embedded database. */
class DurableCommitsTest {

    private static final String APPLICATION = "APPLICATION";
    private static final String PASSWORD = "secret";

    @TempDir
    Path directory;

    /** At the first start, and at the second, when the database is opened again. */
    @Test
    @Capability("X4")
    void whatTheApplicationCommittedIsInTheFileAtOnce() throws SQLException, IOException {
        String url = "jdbc:h2:file:" + directory.resolve("live") + ";DB_CLOSE_ON_EXIT=FALSE";
        try (Connection first = DriverManager.getConnection(url, "MIGRATOR", PASSWORD)) {
            first.createStatement().execute("create table note (id integer)");
        }
        for (int start = 1; start <= 2; start++) {
            try (HikariDataSource pool = pool(url)) {
                new DurableCommits(pool)
                        .migrate(Flyway.configure()
                                .dataSource(url, "MIGRATOR", PASSWORD)
                                .locations("classpath:none")
                                .baselineOnMigrate(true)
                                .callbacks(new Grants(new MockEnvironment()
                                        .withProperty("spring.datasource.username", APPLICATION)
                                        .withProperty("spring.datasource.password", PASSWORD)))
                                .load());
                try (Connection application = pool.getConnection()) {
                    application.setAutoCommit(false);
                    for (int number = 1; number <= 50; number++) {
                        application.createStatement().execute("insert into note values (" + number + ")");
                        application.commit();
                    }
                    // What is in the file now is what a killed program leaves.
                    Files.copy(directory.resolve("live.mv.db"), directory.resolve("left-" + start + ".mv.db"));
                }
            }
            try (Connection left = DriverManager.getConnection(
                            "jdbc:h2:file:" + directory.resolve("left-" + start), "MIGRATOR", PASSWORD);
                    ResultSet rows = left.createStatement().executeQuery("select count(*) from note")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).as("after start " + start).isEqualTo(50 * start);
            }
        }
    }

    private static HikariDataSource pool(String url) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setUsername(APPLICATION);
        pool.setPassword(PASSWORD);
        pool.setMaximumPoolSize(3);
        pool.setConnectionTimeout(TimeUnit.SECONDS.toMillis(10));
        return pool;
    }
}
