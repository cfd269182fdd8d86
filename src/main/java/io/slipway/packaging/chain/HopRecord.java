package io.slipway.packaging.chain;

import io.slipway.packaging.HopObserver.Hop;
import java.time.Instant;
import java.util.Optional;

/**
 * One look at the bytes of a file.
 *
 * @param expected SHA-256 that the file must have
 * @param found SHA-256 of what was there; empty when nothing was
 */
public record HopRecord(
        Hop hop,
        String place,
        String file,
        String expected,
        Optional<String> found,
        boolean matched,
        Instant lookedAt) {}
