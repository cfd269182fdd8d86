package io.slipway.integration.targets;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file for a target.
 *
 * @param target where it goes
 * @param sha256 digest of the content, 64 lower-case hexadecimal digits; other content is refused
 * @param bytes length of the content
 * @param content the content, opened once per attempt
 */
public record TransferArtifact(String target, String sha256, long bytes, Content content) {

    /** Opens a stream on the same bytes each time. */
    @FunctionalInterface
    public interface Content {

        /** The stream; it is closed by whoever asked for it. */
        InputStream open() throws IOException;
    }
}
