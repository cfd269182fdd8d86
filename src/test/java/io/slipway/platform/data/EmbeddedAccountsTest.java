package io.slipway.platform.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class EmbeddedAccountsTest {

    @TempDir
    Path data;

    private StandardEnvironment started(String url) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "given", Map.of("slipway.data", data.toString(), "spring.datasource.url", url)));
        new EmbeddedAccounts().postProcessEnvironment(environment, new SpringApplication());
        return environment;
    }

    @Test
    void drawsPasswordsOnceAndKeepsThemWhereNobodyElseReads() throws IOException {
        StandardEnvironment first = started("jdbc:h2:file:" + data);
        StandardEnvironment second = started("jdbc:h2:file:" + data);

        assertThat(first.getProperty("spring.datasource.password"))
                .hasSize(48)
                .isEqualTo(second.getProperty("spring.datasource.password"))
                .isNotEqualTo(first.getProperty("spring.flyway.password"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("database"))))
                .isEqualTo("rwx------");
    }

    @Test
    void drawsNothingForAServer() {
        assertThat(started("jdbc:mysql://localhost/slipway").containsProperty("spring.flyway.password"))
                .isFalse();
        assertThat(data.resolve("database")).doesNotExist();
    }
}
