package io.slipway.release;

import java.util.Optional;

/** What every phase may ask about the package of a release; the packaging phase answers. */
public interface SealedPackages {

    /** The sealed package of the present round, as recorded; empty while none is sealed in it. No byte is read. */
    Optional<SealedPackage> present(Release release);

    /**
     * The sealed package of the present round, after manifest and files were read back and hashed again. Whoever ships bytes asks
     * for it right before shipping them.
     *
     * @throws Refused when the present round is not sealed
     * @throws PackageDiffers naming the first file, or the manifest, that is no longer what was sealed
     * @throws RuntimeException when the store does not answer; asking again later is the remedy
     */
    SealedPackage verified(Release release);
}
