package io.slipway.integration.secrets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Secrets in a file on this machine. It is read anew each time, so that a changed secret counts at once, and refused when others than
 * its owner could read it.
 */
class FileSecrets implements Secrets {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final long LARGEST = 1_000_000;
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final @Nullable Path file;

    FileSecrets(@Nullable Path file) {
        this.file = file;
    }

    @Override
    public boolean knows(String name) {
        return read(name).isPresent();
    }

    @Override
    public Optional<Secret> read(String name) {
        if (file == null || !NAME.matcher(name).matches() || !Files.exists(file)) {
            return Optional.empty();
        }
        return Optional.ofNullable(all(file).get(name)).map(Secret::new);
    }

    private static Map<String, String> all(Path file) {
        try {
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
                    && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
                throw new SecretsUnavailable(
                        "Others than its owner may read the file of secrets " + file + "; please run chmod 600 on it.");
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LARGEST) {
                throw new SecretsUnavailable(
                        "The file of secrets " + file + " is no file of at most " + LARGEST + " bytes.");
            }
            Map<String, String> secrets = new HashMap<>();
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                int equals = line.indexOf('=');
                if (equals > 0 && !line.startsWith("#")) {
                    secrets.put(line.substring(0, equals).strip(), line.substring(equals + 1));
                }
            }
            return secrets;
        } catch (IOException e) {
            // The cause could quote a line of the file.
            throw new SecretsUnavailable("The file of secrets " + file + " cannot be read ("
                    + e.getClass().getSimpleName() + ").");
        }
    }
}
