package io.slipway.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.platform.data.Canonical;
import io.slipway.release.Release;
import io.slipway.release.SealedPackage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a package consists of. Its digest, SHA-256 of its canonical JSON (RFC 8785), seals the package: the same files of the same
 * release always give the same digest.
 *
 * @param release key of the release
 * @param system key of the system
 * @param version the version that the release delivers
 * @param files ordered by name
 */
record Manifest(String release, String system, String version, List<SealedPackage.File> files) {

    private static final String STARTS = ".jar";

    Manifest {
        files = files.stream()
                .sorted(Comparator.comparing(SealedPackage.File::name))
                .toList();
    }

    static Manifest of(Release release, List<SealedPackage.File> files) {
        return new Manifest(release.key(), release.system(), release.version(), files);
    }

    /**
     * Reads a manifest.
     *
     * @throws IllegalArgumentException when the text is none
     */
    static Manifest read(String json) {
        JsonNode root = Canonical.read(json);
        List<SealedPackage.File> files = new ArrayList<>();
        for (JsonNode file : root.path("files")) {
            files.add(new SealedPackage.File(
                    file.path("name").asText(),
                    file.path("size").asLong(),
                    file.path("sha256").asText()));
        }
        Manifest manifest = new Manifest(
                root.path("release").asText(),
                root.path("system").asText(),
                root.path("version").asText(),
                files);
        if (!manifest.json().equals(json)) {
            throw new IllegalArgumentException("This is no manifest of a package");
        }
        return manifest;
    }

    String json() {
        return Canonical.json(this);
    }

    String digest() {
        return Canonical.digest(this);
    }

    /** Whether it was made for this release. */
    boolean belongsTo(Release owner) {
        return release.equals(owner.key()) && system.equals(owner.system()) && version.equals(owner.version());
    }

    /** The one file that starts the service. */
    String startFile() {
        return startFiles(files).get(0);
    }

    /** Names of the files that could start the service. */
    static List<String> startFiles(List<SealedPackage.File> files) {
        return files.stream()
                .map(SealedPackage.File::name)
                .filter(name -> name.endsWith(STARTS))
                .toList();
    }
}
