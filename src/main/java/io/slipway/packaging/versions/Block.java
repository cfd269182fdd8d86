package io.slipway.packaging.versions;

import java.time.Instant;
import java.util.Optional;

/** A version that is blocked everywhere, until another person takes the block away. */
public record Block(
        long id,
        String system,
        String version,
        String reason,
        String blockedBy,
        Instant blockedAt,
        Optional<String> unblockedBy,
        Optional<Instant> unblockedAt,
        Optional<String> unblockReason) {

    /** Whether the version is blocked now. */
    public boolean holds() {
        return unblockedAt.isEmpty();
    }
}
