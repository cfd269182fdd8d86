package io.slipway.scope;

import io.slipway.release.Release;

/**
 * What must be part of a release does not fit together.
 *
 * @param clash what clashes, in sentences
 */
record ScopeClashed(Release release, String clash) {}
