package io.slipway.release;

/** The hypercare of a release is over, and it can be closed; published within the transaction in which the time was up. */
public record HypercareEnded(Release release) {}
