package io.slipway.deployment.scripts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of a script.
 *
 * @param digest SHA-256 of its bytes
 * @param askedBy opaque id of the person who asked for it
 * @param reason why it failed; null otherwise
 */
public record ScriptRun(
        long id,
        String environment,
        Kind kind,
        String commit,
        String path,
        String digest,
        State state,
        String askedBy,
        Instant askedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String reason) {

    /** What a script is for. */
    public enum Kind {
        DEPLOY,
        ROLLBACK
    }

    /** Where a run stands. */
    public enum State {
        ASKED,
        RUNNING,
        SUCCEEDED,
        FAILED
    }
}
