package io.slipway.schedule;

import io.slipway.release.Release;

/**
 * A window was planned; published within the transaction, so that a listener that throws undoes it.
 *
 * @param release the release
 * @param round number of the round
 * @param span the window
 */
public record WindowPlanned(Release release, int round, TimeSpan span) {}
