package io.slipway.scope;

import io.slipway.release.Release;

/** Items of a release came, went or were decided on; published within the transaction of the change. */
record ScopeChanged(Release release) {}
