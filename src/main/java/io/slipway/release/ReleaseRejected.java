package io.slipway.release;

/**
 * The approval of a release was refused; published within the transaction in which the round is concluded.
 *
 * @param reason what whoever rejected said
 */
public record ReleaseRejected(Release release, String reason) {}
