/** Environments before production that are like it: refreshed from masked clones, with a score of how alike they are. */
@NullMarked
package io.slipway.quality.environments;

import org.jspecify.annotations.NullMarked;
