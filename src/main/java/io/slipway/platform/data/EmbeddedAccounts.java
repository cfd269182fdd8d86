package io.slipway.platform.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Says once where the data of this machine lie, and draws the two passwords of an embedded database at its first start; they are
 * kept beside it, in a directory of their owner alone.
 *
 * <p>A server database gets its accounts from whoever runs it; there nothing is drawn and nothing is stored.
 */
public final class EmbeddedAccounts implements EnvironmentPostProcessor, Ordered {

    static final String MIGRATOR = "SLIPWAY_MIGRATOR";
    static final String APPLICATION = "SLIPWAY_APPLICATION";

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Path data = Path.of(environment.getRequiredProperty("slipway.data"))
                .toAbsolutePath()
                .normalize();
        Map<String, Object> settings = new HashMap<>();
        settings.put("slipway.data", data.toString());
        environment.getPropertySources().addFirst(new MapPropertySource("embeddedAccounts", settings));
        String url = environment.getProperty("spring.datasource.url", "");
        if (url.startsWith("jdbc:h2:") && !environment.containsProperty("spring.flyway.password")) {
            Properties passwords = kept(data);
            settings.put("spring.flyway.user", MIGRATOR);
            settings.put("spring.flyway.password", passwords.getProperty("migrator"));
            settings.put("spring.datasource.username", APPLICATION);
            settings.put("spring.datasource.password", passwords.getProperty("application"));
        }
    }

    private static Properties kept(Path data) {
        Path file = data.resolve("database").resolve("accounts.properties");
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(file.getParent());
                // The database writes its file readable for everybody.
                Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwx------"));
                Path fresh = Files.createTempFile(
                        file.getParent(),
                        "accounts",
                        ".tmp",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                try (var out = Files.newBufferedWriter(fresh)) {
                    drawn().store(out, "Passwords of the embedded database; lost with this file");
                }
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            }
            Properties passwords = new Properties();
            try (var in = Files.newBufferedReader(file)) {
                passwords.load(in);
            }
            return passwords;
        } catch (IOException e) {
            throw new UncheckedIOException("The passwords of the embedded database cannot be kept in " + file, e);
        }
    }

    private static Properties drawn() {
        Properties passwords = new Properties();
        passwords.setProperty("migrator", drawnPassword());
        passwords.setProperty("application", drawnPassword());
        return passwords;
    }

    private static String drawnPassword() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
