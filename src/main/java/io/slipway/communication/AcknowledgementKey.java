package io.slipway.communication;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.springframework.stereotype.Component;

/** The secret behind the links for receipts. It is never in the database: whoever reads a backup of that cannot make links. */
@Component
class AcknowledgementKey {

    private final byte[] secret;

    AcknowledgementKey(CommunicationSettings settings) {
        CommunicationSettings.Acknowledgement asked = settings.acknowledgement();
        String given = asked.key();
        String text = given == null ? kept(asked.keyFile()) : given;
        if (text.length() < 32) {
            throw new IllegalArgumentException(
                    "slipway.communication.acknowledgement.key needs at least 32 characters");
        }
        this.secret = text.getBytes(StandardCharsets.UTF_8);
    }

    byte[] secret() {
        return secret.clone();
    }

    private static String kept(Path file) {
        try {
            if (!Files.exists(file)) {
                Path directory = file.resolveSibling("").toAbsolutePath();
                Files.createDirectories(directory);
                draw(file, directory);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The secret for receipts cannot be kept in " + file
                            + "; please set slipway.communication.acknowledgement.key",
                    e);
        }
    }

    private static void draw(Path file, Path directory) throws IOException {
        byte[] drawn = new byte[32];
        new SecureRandom().nextBytes(drawn);
        FileAttribute<?>[] own =
                file.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        Path fresh = Files.createTempFile(directory, "key", ".new", own);
        try {
            Files.writeString(fresh, HexFormat.of().formatHex(drawn));
            // A link appears with its whole content, and never over another.
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException other) {
            // Another node was faster; its secret counts.
        } finally {
            Files.delete(fresh);
        }
    }
}
