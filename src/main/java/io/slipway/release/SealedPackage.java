package io.slipway.release;

import java.util.List;

/**
 * The files of a release, sealed by one digest.
 *
 * @param round which packaging of the release it is, from 1; changed content is packaged again in the next round
 * @param digest SHA-256 of the manifest, in hexadecimal
 * @param startFile name of the file that starts the service
 * @param files every file, by name
 */
public record SealedPackage(int round, String digest, String startFile, List<File> files) {

    /** Keeps a copy of the list. */
    public SealedPackage {
        files = List.copyOf(files);
    }

    /**
     * One file; its bytes lie in the artifact store under their digest.
     *
     * @param size in bytes
     * @param sha256 in hexadecimal
     */
    public record File(String name, long size, String sha256) {}
}
