package io.slipway.integration.artifacts;

import java.io.IOException;
import java.io.InputStream;

/**
 * Keeps files by the SHA-256 of their bytes. What lies under a digest never changes and is never removed by Slipway; whoever could
 * change it on the disk is found out by whoever reads it.
 *
 * <p>Bytes are streamed in both directions; no method holds a whole file in memory. Digests are 64 lower-case hexadecimal digits.
 */
public interface ArtifactStore {

    /**
     * Keeps the bytes of a stream; keeping bytes that are there already changes nothing.
     *
     * @param content read to its end and not closed
     * @param limit most bytes that are taken
     * @return digest and size of what was read, durable when this returns
     * @throws IOException when the stream cannot be read; nothing is kept
     * @throws ArtifactTooLarge when there are more bytes than the limit; nothing is kept
     * @throws ArtifactUnavailable when the store does not answer; nothing is kept
     */
    StoredArtifact put(InputStream content, long limit) throws IOException;

    /**
     * Opens an artifact for reading. The stream hashes what it gives out, and reading its end throws {@link ArtifactCorrupt} when
     * the bytes were not those of the digest: nothing read may be used before the end was reached.
     *
     * @throws ArtifactMissing when there is none
     * @throws ArtifactUnavailable when the store does not answer
     */
    InputStream open(String sha256);

    /**
     * Reads every byte of an artifact and hashes it again.
     *
     * @return size in bytes
     * @throws ArtifactMissing when there is none
     * @throws ArtifactCorrupt when the bytes are not those of the digest
     * @throws ArtifactUnavailable when the store does not answer
     */
    long verify(String sha256);

    /**
     * Size of an artifact in bytes, as the store tells it without reading.
     *
     * @throws ArtifactMissing when there is none
     * @throws ArtifactUnavailable when the store does not answer
     */
    long size(String sha256);

    /**
     * Whether something lies under a digest; its bytes are not read.
     *
     * @throws ArtifactUnavailable when the store does not answer
     */
    boolean exists(String sha256);

    /**
     * What was kept.
     *
     * @param sha256 digest of the bytes, in hexadecimal
     * @param size in bytes
     */
    record StoredArtifact(String sha256, long size) {}
}
