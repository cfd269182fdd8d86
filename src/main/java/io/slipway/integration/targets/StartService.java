package io.slipway.integration.targets;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A service to be started.
 *
 * @param serviceId name of this running instance, unique among all targets; two versions beside each other have two
 * @param target where it runs
 * @param system which system it is
 * @param version which version
 * @param files what it consists of, all transferred before
 * @param launch how it is started
 * @param environment further variables, which may be secret; {@code PORT} and {@code HOST} are given by the target
 */
public record StartService(
        String serviceId,
        String target,
        String system,
        String version,
        List<PackageFile> files,
        Launch launch,
        Map<String, String> environment) {

    /** Keeps copies of the collections. */
    public StartService {
        files = List.copyOf(files);
        environment = Map.copyOf(environment);
    }

    /**
     * A file of the package.
     *
     * @param name relative path where it is placed
     * @param sha256 its digest
     * @param unpack whether it is a zip archive whose entries are placed instead
     */
    public record PackageFile(String name, String sha256, boolean unpack) {

        /** A file that is placed as it is. */
        public PackageFile(String name, String sha256) {
            this(name, sha256, false);
        }
    }

    /**
     * {@code java <jvmOptions> -jar <mainJar> <arguments>}; each is one argument, no shell reads them.
     *
     * @param mainJar relative path of the jar among the placed files
     */
    public record Launch(String mainJar, List<String> jvmOptions, List<String> arguments) {

        /** Keeps copies of the lists. */
        public Launch {
            jvmOptions = List.copyOf(jvmOptions);
            arguments = List.copyOf(arguments);
        }

        /** Starts the jar without options and arguments. */
        public Launch(String mainJar) {
            this(mainJar, List.of(), List.of());
        }
    }

    /**
     * The digest that the target answers for these files when they lie there unchanged: SHA-256 over the lines
     * {@code <sha256>  <name>\n} ordered by name. Empty when an archive is unpacked, since its entries are not known here.
     */
    public Optional<String> packageDigest() {
        if (files.stream().anyMatch(PackageFile::unpack)) {
            return Optional.empty();
        }
        StringBuilder lines = new StringBuilder();
        files.stream().sorted(Comparator.comparing(PackageFile::name)).forEach(file -> lines.append(file.sha256())
                .append("  ")
                .append(file.name())
                .append('\n'));
        try {
            return Optional.of(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(lines.toString().getBytes(StandardCharsets.UTF_8))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Without the environment, which may hold secrets. */
    @Override
    public String toString() {
        return "StartService[" + serviceId + ", " + system + " " + version + " on " + target + "]";
    }
}
