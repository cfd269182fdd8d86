package io.slipway.packaging.versions;

import java.time.Instant;
import java.util.Optional;

/**
 * What a look at an environment showed.
 *
 * @param recorded digest of the package that is recorded as live
 * @param placed digest of the files as they were placed; empty when nothing lives there
 * @param found digest of the files as they lie there now
 * @param finding what differs, in one sentence; empty when nothing does
 */
public record DriftFinding(
        String system,
        String environment,
        String version,
        String recorded,
        Optional<String> placed,
        Optional<String> found,
        Optional<String> finding,
        Instant checkedAt) {}
