package io.slipway.integration.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class FileSecretsTest extends SecretsContract {

    @TempDir
    Path directory;

    @Override
    Secrets secrets() throws IOException {
        return new FileSecrets(file("rw-------"));
    }

    private Path file(String permissions) throws IOException {
        Path file = Files.writeString(directory.resolve("secrets"), "# ours\nmail.password=p=w d\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void refusesAFileThatOthersCanRead() throws IOException {
        Path file = file("rw-r-----");

        assertThatExceptionOfType(SecretsUnavailable.class)
                .isThrownBy(() -> new FileSecrets(file).read("mail.password"))
                .withMessageContaining("chmod 600")
                .withMessageNotContaining("p=w d");
    }

    @Test
    void knowsNothingWithoutAFile() {
        assertThat(new FileSecrets(null).knows("mail.password")).isFalse();
        assertThat(new FileSecrets(directory.resolve("none")).knows("mail.password"))
                .isFalse();
    }
}
