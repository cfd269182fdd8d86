package io.slipway.scope;

import io.slipway.release.Release;

/** A proposal was sent back: what was said about it is said about nothing any more. */
record ScopeReopened(Release release) {}
