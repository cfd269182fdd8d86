package io.slipway.deployment;

import io.slipway.release.Release;

/** Users of production get the version of this release, as was just found; published in the transaction that records it. */
public record ProductionSwitched(Release release, String environment) {}
