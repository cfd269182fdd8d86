package io.slipway.integration.targets;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Configuration of a service, which may hold secrets: it is sent to the target and shows itself nowhere else. */
public final class ConfigurationFiles {

    private static final ConfigurationFiles AS_PLACED = new ConfigurationFiles(null);

    private final @Nullable Map<String, String> files;

    private ConfigurationFiles(@Nullable Map<String, String> files) {
        this.files = files;
    }

    /** Exactly these files, by relative name; none when the map is empty. */
    public static ConfigurationFiles of(Map<String, String> files) {
        return new ConfigurationFiles(Map.copyOf(files));
    }

    /** What the target placed for this service before: a service that is started again is the one that ran. */
    public static ConfigurationFiles asPlaced() {
        return AS_PLACED;
    }

    /** The files, for the target alone; empty when it keeps what it has. */
    public Optional<Map<String, String>> reveal() {
        return Optional.ofNullable(files);
    }

    @Override
    public String toString() {
        return files == null ? "configuration as placed" : files.size() + " files of configuration";
    }
}
