package io.slipway.release;

/**
 * A release went from one state into another; published within the transaction of the change, so that a listener that throws undoes
 * it.
 *
 * @param release the release, in its new state
 * @param before the state that it left
 */
public record ReleaseStateChanged(Release release, ReleaseState before) {}
