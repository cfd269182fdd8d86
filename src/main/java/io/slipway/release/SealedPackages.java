package io.slipway.release;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * The sealed package of a release, as the phases after the sealing see it. The phase that seals implements it, with one bean; those
 * that deploy, judge or approve read it and never learn how it was made or where it is kept.
 */
public interface SealedPackages {

    /** The package that is sealed for a release now; empty while there is none, or after its content was opened again. */
    Optional<SealedPackage> of(Release release);

    /**
     * Opens one file of a sealed package; the caller closes the stream. Reading to the end is what proves the content: bytes that
     * do not have the digest of the manifest end in an {@link IOException} at the latest with the last of them.
     *
     * @param sealed a package as {@link #of} gave it, also one that has been replaced since
     * @param name name of the file in the manifest
     * @throws NotFound when the package has no such file, or the store lost it
     */
    InputStream open(SealedPackage sealed, String name);

    /**
     * A sealed package; nothing about it can change any more.
     *
     * @param digest SHA-256 of the manifest in hexadecimal, by which the package is known everywhere
     * @param files what it consists of, by name
     */
    record SealedPackage(String digest, List<File> files) {

        /** Keeps the files as they are now. */
        public SealedPackage {
            files = List.copyOf(files);
        }
    }

    /**
     * A file of a sealed package.
     *
     * @param name relative path with forward slashes, such as {@code storefront-2.4.0.jar}
     * @param size bytes
     * @param sha256 digest of the content, 64 lower-case hexadecimal digits
     */
    record File(String name, long size, String sha256) {}
}
