package io.slipway.release;

import java.time.Instant;
import java.util.Optional;

/**
 * The window of a release was planned, or another one than before; published within the transaction of the change.
 *
 * @param release the release, with its new window
 * @param startBefore start of the window before; empty when it is the first
 * @param endBefore end of the window before; empty when it is the first
 */
public record WindowPlanned(Release release, Optional<Instant> startBefore, Optional<Instant> endBefore) {}
