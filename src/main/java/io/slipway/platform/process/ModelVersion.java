package io.slipway.platform.process;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of a model, decision or form that the engine holds.
 *
 * @param resource name of the file in its deployment
 * @param digest SHA-256 of the file, in hexadecimal
 * @param origin whether the program brought it or a person deployed it
 * @param proposedBy the person who deployed it; null for the program
 * @param decidedBy the person who accepted or refused it; null while nobody has, and for versions of the program
 */
public record ModelVersion(
        ModelKind kind,
        String key,
        int version,
        String resource,
        String digest,
        String deploymentId,
        Origin origin,
        State state,
        @Nullable String proposedBy,
        Instant proposedAt,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt) {

    /** Where a version came from. */
    public enum Origin {
        PROGRAM,
        PERSON
    }

    /** Whether new releases may use a version. */
    public enum State {
        PROPOSED,
        ACCEPTED,
        REFUSED
    }
}
