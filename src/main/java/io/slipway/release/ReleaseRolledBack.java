package io.slipway.release;

/** Production runs what it ran before the release; published within the transaction of the last step of the rollback. */
public record ReleaseRolledBack(Release release) {}
