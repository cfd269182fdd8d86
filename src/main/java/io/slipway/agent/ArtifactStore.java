package io.slipway.agent;

import io.slipway.agent.Refusal.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.OptionalLong;

/** Files by the SHA-256 of their content. A file under a digest has that digest, or it is not there. */
final class ArtifactStore {

    private final Path directory;
    private final DurableFiles files;
    private final long maximumBytes;

    ArtifactStore(Path directory, DurableFiles files, long maximumBytes) throws IOException {
        this.directory = directory;
        this.files = files;
        this.maximumBytes = maximumBytes;
        DurableFiles.createPrivateDirectories(directory);
    }

    /** Size in bytes of a stored artifact. */
    OptionalLong size(String sha256) throws IOException {
        Path file = directory.resolve(sha256);
        return Files.exists(file) ? OptionalLong.of(Files.size(file)) : OptionalLong.empty();
    }

    /** Stores the stream's content and returns its size; the stream is not read when the content is already there. */
    long store(String sha256, InputStream content) throws IOException {
        OptionalLong present = size(sha256);
        if (present.isPresent()) {
            return present.getAsLong();
        }
        Path unfinished = files.scratch();
        try {
            long bytes = copyVerified(sha256, content, unfinished, maximumBytes, "The uploaded content");
            files.publish(unfinished, directory.resolve(sha256));
            return bytes;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** Copies an artifact to a new file and verifies its digest once more on the way. */
    void copyTo(String sha256, Path newFile) throws IOException {
        Path stored = directory.resolve(sha256);
        if (!Files.exists(stored)) {
            throw new Refusal(Kind.CONFLICT, "Artifact " + sha256 + " has not been transferred");
        }
        try (InputStream in = Files.newInputStream(stored)) {
            copyVerified(sha256, in, newFile, Long.MAX_VALUE, "The stored artifact");
        }
    }

    private static long copyVerified(String sha256, InputStream content, Path newFile, long limit, String what)
            throws IOException {
        DigestInputStream digested = new DigestInputStream(content, Json.sha256());
        long bytes = DurableFiles.copyBounded(digested, newFile, limit);
        if (bytes < 0) {
            throw new Refusal(Kind.TOO_LARGE, what + " has more than " + limit + " bytes");
        }
        String actual = Json.hex(digested.getMessageDigest().digest());
        if (!actual.equals(sha256)) {
            throw new Refusal(Kind.DIGEST_MISMATCH, what + " has digest " + actual + ", announced was " + sha256);
        }
        return bytes;
    }
}
